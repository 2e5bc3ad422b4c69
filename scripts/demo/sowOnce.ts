import { seedDemo } from "../../db/seed/demo.ts";
import type { Progress } from "../progress.ts";
import { type Account, readAccounts, writeAccounts } from "./accounts.ts";

/**
 * Fills an empty database through the real HTTP intake, once. A seed that was interrupted is taken up again.
 *
 * @returns who can sign in
 */
export async function sowOnce(options: {
  readonly dataDir: string;
  readonly adminUrl: string;
  readonly baseUrl: string;
  /** Where the demo's platform keeps its files; a reserved name, from which nothing comes, unless told. */
  readonly filesOrigin?: string;
  readonly tell: Progress;
}): Promise<readonly Account[]> {
  const { dataDir, adminUrl, baseUrl, filesOrigin, tell } = options;
  const known = await readAccounts(dataDir);
  if (known) return known;
  tell("sowing the demo's threads through the HTTP intake");
  const accounts = await seedDemo({ adminUrl, baseUrl, dataDir, filesOrigin, onProgress: tell });
  await writeAccounts(dataDir, accounts);
  return accounts;
}
