import type { Command } from "commander";
import type { Sql } from "postgres";
import { adminSettings } from "../../environment/settings.ts";
import { addPlatform, listPlatforms } from "../../server/intake/operator.ts";
import { Told } from "../tellFailure.ts";
import { withAdmin } from "../withAdmin.ts";

/** `unseal platforms …`: who may send flags. */
export function register(program: Command): void {
  const platforms = program.command("platforms").description("add and list the platforms that send flags");

  platforms
    .command("add <slug> <name>")
    .description("add a platform; its slug is how other commands name it, e.g. example-chat")
    .action((slug: string, name: string) =>
      asOperator(async (sql) => say(`${await addPlatform(sql, slug, name)}  ${slug}`)),
    );

  platforms
    .command("list")
    .description("list platforms and how many keys each can use")
    .action(() =>
      asOperator(async (sql) => {
        for (const one of await listPlatforms(sql))
          say([one.slug, one.name, one.createdAt.toISOString(), `${one.usableKeys} keys`].join("\t"));
      }),
    );
}

/** Runs an act of the operator's and tells what cannot be done in its own words. */
export async function asOperator(act: (sql: Sql) => Promise<void>): Promise<void> {
  try {
    await withAdmin(adminSettings().adminDatabaseUrl, act);
  } catch (error) {
    throw error instanceof Error && error.name === "PlatformError" ? new Told(error.message) : error;
  }
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
