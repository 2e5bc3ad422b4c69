import type { Command } from "commander";
import { migrate } from "../../db/migrate.ts";
import { adminSettings } from "../../environment/settings.ts";
import { withAdmin } from "../withAdmin.ts";

export function register(program: Command): void {
  program
    .command("migrate")
    .description(
      "bring the database of ADMIN_DATABASE_URL to the state of this checkout; passwords stay as they are",
    )
    .option("--again", "write functions, policies and grants anew, also when they have not changed here")
    .action(async ({ again }: { again?: boolean }) => {
      const applied = await withAdmin(adminSettings().adminDatabaseUrl, (sql) =>
        migrate(sql, again === true),
      );
      for (const name of applied) process.stdout.write(`applied ${name}\n`);
      if (applied.length === 0) process.stdout.write("The database is current; nothing was changed.\n");
    });
}
