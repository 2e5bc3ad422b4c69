import { boolean, integer, pgSchema, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, interval } from "./types.ts";

/** Members, credentials, sessions. Mirrors migrations/0001; the migration is the truth, this is its type. */
export const staff = pgSchema("staff");

export const members = staff.table("members", {
  id: uuid("id").primaryKey(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  roles: text("roles").array().notNull(),
  clearances: text("clearances").array().notNull(),
  regions: text("regions").array().notNull(),
  languages: text("languages").array().notNull(),
  readsFrom: instant("reads_from"),
  readsUntil: instant("reads_until"),
  state: text("state", { enum: ["active", "disabled"] }).notNull(),
  createdAt: instant("created_at").notNull(),
  changedAt: instant("changed_at").notNull(),
});

export const roleConflicts = staff.table(
  "role_conflicts",
  { roleA: text("role_a").notNull(), roleB: text("role_b").notNull(), why: text("why").notNull() },
  (t) => [primaryKey({ columns: [t.roleA, t.roleB] })],
);

export const credentials = staff.table("credentials", {
  staffId: uuid("staff_id").primaryKey(),
  salt: bytea("salt").notNull(),
  verifier: bytea("verifier").notNull(),
  memoryKib: integer("memory_kib").notNull(),
  passes: integer("passes").notNull(),
  lanes: integer("lanes").notNull(),
  changedAt: instant("changed_at").notNull(),
});

export const sessions = staff.table("sessions", {
  id: uuid("id").primaryKey(),
  staffId: uuid("staff_id").notNull(),
  tokenHash: bytea("token_hash").notNull(),
  method: text("method", { enum: ["local", "sso"] }).notNull(),
  createdAt: instant("created_at").notNull(),
  lastSeenAt: instant("last_seen_at").notNull(),
  idleLimit: interval("idle_limit").notNull(),
  expiresAt: instant("expires_at").notNull(),
  endedAt: instant("ended_at"),
  endedHow: text("ended_how", { enum: ["signed_out", "revoked", "expired", "disabled"] }),
  ip: text("ip"),
  userAgent: text("user_agent"),
});

export const signInAttempts = staff.table("sign_in_attempts", {
  id: uuid("id").primaryKey(),
  emailHash: bytea("email_hash").notNull(),
  ip: text("ip"),
  succeeded: boolean("succeeded").notNull(),
  at: instant("at").notNull(),
});

export const decoy = staff.table("decoy", {
  onlyOne: boolean("only_one").primaryKey(),
  secret: bytea("secret").notNull(),
});

/** Accounts that staff hold on the platforms themselves. */
export const platformAccounts = staff.table("platform_accounts", {
  id: uuid("id").primaryKey(),
  staffId: uuid("staff_id").notNull(),
  platformId: uuid("platform_id").notNull(),
  accountId: text("account_id").notNull(),
  recordedAt: instant("recorded_at").notNull(),
  leftAt: instant("left_at"),
});
