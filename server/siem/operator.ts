import { randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import { guarded } from "../../db/connect.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { feedKeyHash } from "./feedActor.ts";

/** Feed keys as the operator manages them, with the administrator's connection. */
export interface FeedKey {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly firstIndex: number;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastIndex: number | null;
}

/** A command on feed keys that cannot be carried out as it was given; the message says what to change. */
export class FeedKeyError extends Error {
  override readonly name = "FeedKeyError";
}

/**
 * Makes a key: 256 random bits behind a prefix that secret scanners can look for.
 *
 * @param until when it ends by itself; null for never
 * @param firstIndex events before this place in the log are not for it
 * @returns the key, to be shown once
 */
export async function createFeedKey(
  sql: Sql,
  label: string,
  until: Date | null,
  firstIndex: number,
): Promise<{ id: string; key: string }> {
  const key = `unf_${randomBytes(32).toString("base64url")}`;
  const [row] = await told(
    sql<
      { id: string }[]
    >`select audit.add_siem_key(${label}, ${feedKeyHash(key)}, ${until}, ${firstIndex}) as id`,
  );
  if (!row) throw new FeedKeyError("The database gave no answer. Try again.");
  return { id: row.id, key };
}

/** The key reads nothing more from this moment, also not in an answer that is under way. @throws FeedKeyError */
export async function revokeFeedKey(sql: Sql, id: string): Promise<void> {
  await told(sql`select audit.revoke_siem_key(${id})`);
}

export async function listFeedKeys(sql: Sql): Promise<FeedKey[]> {
  return told(
    sql<FeedKey[]>`select id, label, scopes, first_index::float8 as "firstIndex", created_at as "createdAt",
      expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt",
      last_index::float8 as "lastIndex" from audit.list_siem_keys()`,
  );
}

async function told<T>(query: PromiseLike<T>): Promise<T> {
  return guarded(query).catch((error: unknown) => {
    const known = error instanceof DatabaseFailure ? WORDS[error.sqlstate] : undefined;
    throw known ? new FeedKeyError(known) : error;
  });
}

const WORDS: Readonly<Record<string, string>> = {
  UN004: "There is no such key in use. `unseal siem-keys list` shows which are.",
  "22P02": "That is no key id. `unseal siem-keys list` shows them.",
  "23514": "A label has 1 to 80 characters, and the first index is 0 or more.",
};
