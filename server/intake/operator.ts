import type { Sql } from "postgres";
import { guarded } from "../../db/connect.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { newPlatformKey } from "./newPlatformKey.ts";

/**
 * Platforms and their keys as the operator manages them, with the administrator's connection. Each act is one function of
 * the database, which records it as the operator's.
 */
export interface Platform {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly usableKeys: number;
}

export interface PlatformKey {
  readonly id: string;
  readonly platform: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** A command on platforms that cannot be carried out as it was given; the message says what to change. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
}

/** @returns the platform's id @throws PlatformError when the slug is taken or of the wrong form */
export async function addPlatform(sql: Sql, slug: string, name: string): Promise<string> {
  const [row] = await told(sql<{ id: string }[]>`select intake.add_platform(${slug}, ${name}) as id`);
  return must(row).id;
}

export async function listPlatforms(sql: Sql): Promise<Platform[]> {
  return told(
    sql<Platform[]>`select id, slug, name, created_at as "createdAt", usable_keys::int as "usableKeys"
      from intake.list_platforms()`,
  );
}

/** What a platform's key may do. One key may do several; a key of its own for each can be taken away by itself. */
export const KEY_SCOPES = ["flags:write", "erasures:write", "notices:read"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

/** @param until when it ends by itself; null for never @returns the key, to be shown once */
export async function createKey(
  sql: Sql,
  slug: string,
  label: string,
  until: Date | null,
  scopes: readonly KeyScope[] = ["flags:write"],
): Promise<{ id: string; key: string }> {
  const { key, hash } = newPlatformKey();
  const [row] = await told(
    sql<{ id: string }[]>`select intake.add_key(${slug}, ${label}, ${hash}, ${until}, ${[...scopes]}) as id`,
  );
  return { id: must(row).id, key };
}

/** @param overlapMs how long the old key goes on @returns the new key, to be shown once */
export async function rotateKey(
  sql: Sql,
  id: string,
  overlapMs: number,
): Promise<{ id: string; key: string }> {
  const { key, hash } = newPlatformKey();
  const [row] = await told(
    sql<{ id: string }[]>`
      select intake.rotate_key(${id}, ${hash}, make_interval(secs => ${overlapMs / 1000})) as id`,
  );
  return { id: must(row).id, key };
}

/** The key lets nothing in from this moment, also not into a stream that is open. */
export async function revokeKey(sql: Sql, id: string): Promise<void> {
  await told(sql`select intake.revoke_key(${id})`);
}

/** @param slug of one platform; null for all */
export async function listKeys(sql: Sql, slug: string | null): Promise<PlatformKey[]> {
  return told(
    sql<
      PlatformKey[]
    >`select id, platform, label, scopes, created_at as "createdAt", expires_at as "expiresAt",
      revoked_at as "revokedAt", last_used_at as "lastUsedAt" from intake.list_keys(${slug})`,
  );
}

function must<T>(row: T | undefined): T {
  if (row === undefined) throw new PlatformError("The database gave no answer. Try again.");
  return row;
}

async function told<T>(query: PromiseLike<T>): Promise<T> {
  return guarded(query).catch((error: unknown) => {
    const known = error instanceof DatabaseFailure ? WORDS[error.sqlstate] : undefined;
    throw known ? new PlatformError(known) : error;
  });
}

const WORDS: Readonly<Record<string, string>> = {
  UN003: "There is no such platform. `unseal platforms list` shows who is there.",
  UN004: "There is no such key in use. `unseal platform-keys list` shows which are.",
  UN005: "The overlap must be between nothing and 30 days.",
  "22P02": "That is no key id. `unseal platform-keys list` shows them.",
  "23505": "A platform with this slug is there already.",
  "23514":
    "A slug has 3 to 40 lower-case letters, digits and hyphens; names and labels are short and not empty.",
};
