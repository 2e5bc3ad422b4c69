import { pgSchema, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant } from "./types.ts";

/** Platforms and their keys. Mirrors migrations/0002. */
export const intake = pgSchema("intake");

export const platforms = intake.table("platforms", {
  id: uuid("id").primaryKey(),
  slug: text("slug").notNull(),
  name: text("name").notNull(),
  createdAt: instant("created_at").notNull(),
});

export const platformKeys = intake.table("platform_keys", {
  id: uuid("id").primaryKey(),
  platformId: uuid("platform_id").notNull(),
  label: text("label").notNull(),
  keyHash: bytea("key_hash").notNull(),
  scopes: text("scopes").array().notNull(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at"),
  revokedAt: instant("revoked_at"),
  lastUsedAt: instant("last_used_at"),
});
