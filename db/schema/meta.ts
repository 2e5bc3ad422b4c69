import { pgSchema, text } from "drizzle-orm/pg-core";
import { instant } from "./types.ts";

/** Which migrations were applied. Mirrors what db/migrate.ts creates. */
export const meta = pgSchema("unseal_meta");

export const migrations = meta.table("migrations", {
  name: text("name").primaryKey(),
  checksum: text("checksum").notNull(),
  appliedAt: instant("applied_at").notNull(),
});
