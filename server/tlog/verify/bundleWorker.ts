import { parentPort } from "node:worker_threads";
import { checkBundle } from "./checkBundle.ts";

/** A stretch of bundles to check. */
export type Stretch = {
  readonly folder: string;
  readonly size: number;
  readonly first: number;
  readonly end: number;
};

parentPort?.on("message", ({ folder, size, first, end }: Stretch) => {
  const reports = [];
  for (let n = first; n < end; n++) reports.push(checkBundle(folder, size, n));
  parentPort?.postMessage(reports);
});
