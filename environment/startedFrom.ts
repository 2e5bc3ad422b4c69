import { resolve } from "node:path";

/** Resolves a path given on the command line against the folder the person stood in, not the one npm moved to. */
export function fromWhereTheyStood(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
