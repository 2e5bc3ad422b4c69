import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Sql } from "postgres";

type Migrations = { pendingMigrations(sql: Sql): Promise<string[]> };

/**
 * Names the migrations that this database lacks.
 *
 * The module is loaded from its own file rather than bundled: it reads the SQL files that lie beside it.
 *
 * @param sql any of the product's login roles
 */
export async function pendingMigrations(sql: Sql): Promise<string[]> {
  const file = pathToFileURL(join(process.cwd(), "db/migrate.ts")).href;
  const migrations: Migrations = await import(/* turbopackIgnore: true */ /* webpackIgnore: true */ file);
  return migrations.pendingMigrations(sql);
}
