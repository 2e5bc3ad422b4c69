import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writePrivately } from "../../environment/writePrivately.ts";

const shape = z.array(
  z.object({ role: z.string(), name: z.string(), email: z.string(), password: z.string() }).readonly(),
);

/** A person of the demo who can sign in. */
export type Account = z.infer<typeof shape>[number];

const file = (dataDir: string) => join(dataDir, "demo-accounts.json");

/** The accounts of an earlier start; undefined when the seed has not been sown to its end. */
export async function readAccounts(dataDir: string): Promise<Account[] | undefined> {
  const text = await readFile(file(dataDir), "utf8").catch(() => undefined);
  return text === undefined ? undefined : shape.parse(JSON.parse(text));
}

/** Keeps the accounts (mode 0600). Written last: while the file is not there, the seed counts as unfinished. */
export async function writeAccounts(dataDir: string, accounts: readonly Account[]): Promise<void> {
  await writePrivately(file(dataDir), `${JSON.stringify(accounts, undefined, 2)}\n`);
}

/** The accounts as a table for a terminal. */
export function accountTable(accounts: readonly Account[]): string {
  const rows = [
    ["role", "name", "e-mail", "password"],
    ...accounts.map((a) => [a.role, a.name, a.email, a.password]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}
