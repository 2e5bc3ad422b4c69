import { readFileSync } from "node:fs";

/** Where the product under test is, and who can sign in to it. Written by `scripts/test/target.ts`. */
export type Target = {
  readonly baseUrl: string;
  readonly accounts: readonly { role: string; name: string; email: string; password: string }[];
  /** URL for the cluster's superuser: to look at what was written, never to act as the product. */
  readonly adminUrl: string;
  readonly urls: {
    readonly web: string;
    readonly intake: string;
    readonly worker: string;
    readonly audit: string;
  };
  /** Folder with the key ring and settings of this run. */
  readonly dataDir: string;
  /** What the server logs. */
  readonly logFile: string;
  /** Folders of e2e/ that run against it, before what must hold after everything. */
  readonly folders: readonly string[];
  readonly browser: { readonly path: string; readonly libraries?: string };
};

/** @throws when tests are started without the product: `npm test -- --only browser` starts both */
export function target(): Target {
  const file = process.env.UNSEAL_TARGET;
  if (!file) throw new Error("Nothing to test: start with `npm test -- --only browser`.");
  return JSON.parse(readFileSync(file, "utf8")) as Target;
}
