import { join } from "node:path";

/** Where a demo keeps its platform's key, for `unseal import`. */
export function demoKeyFile(dataDir: string): string {
  return join(dataDir, "demo-platform-key");
}
