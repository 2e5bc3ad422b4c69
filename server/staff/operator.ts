import type { Sql } from "postgres";
import { guarded } from "../../db/connect.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import { REGIONS, type Region, ROLES, type Role } from "../../domain/vocabulary.ts";
import { newCredentials } from "./password.ts";

/**
 * Staff as the operator manages them, with the administrator's connection. Each act is one function of the database,
 * which records it as the operator's. (The staff pages, with their second administrator, come on top.)
 */
export interface NewMember {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly regions: readonly Region[];
  readonly clearances: readonly string[];
  readonly languages: readonly string[];
}

/** A staff command that cannot be carried out as it was given; the message says what to change. */
export class StaffError extends Error {
  override readonly name = "StaffError";
}

/** @returns the new member's id @throws StaffError when the roles conflict or the address is taken */
export async function createMember(sql: Sql, member: NewMember): Promise<string> {
  const [row] = await told(
    sql<{ id: string }[]>`select staff.create_member(${member.email}, ${member.name}, ${[...member.roles]},
      ${[...member.regions]}, ${[...member.clearances]}, ${[...member.languages]}) as id`,
  );
  if (!row) throw new StaffError("The database gave no answer. Try again.");
  return row.id;
}

/** Sets a local account's password and ends the sessions that the old one opened. */
export async function setPassword(sql: Sql, staffId: string, password: string): Promise<void> {
  if (password.length < 12) throw new StaffError("A password needs at least 12 characters.");
  const { salt, verifier, memoryKib, passes, lanes } = await newCredentials(password);
  await told(
    sql`select staff.set_credentials(${staffId}, ${salt}, ${verifier}, ${memoryKib}, ${passes}, ${lanes})`,
  );
}

/** Replaces roles, regions and clearances. Claims and open views under the old ones end at once. */
export async function changeMember(
  sql: Sql,
  staffId: string,
  to: Pick<NewMember, "roles" | "regions" | "clearances">,
): Promise<void> {
  await told(
    sql`select staff.change_member(${staffId}, ${[...to.roles]}, ${[...to.regions]}, ${[...to.clearances]})`,
  );
}

/** Disables a member: sessions, claims and open views end at once; what they did stays in the log. */
export async function disableMember(sql: Sql, staffId: string): Promise<void> {
  await told(sql`select staff.disable_member(${staffId})`);
}

/** Ends every session of a member. @returns how many were open */
export async function revokeSessions(sql: Sql, staffId: string): Promise<number> {
  const [row] = await told(sql<{ n: number }[]>`select staff.revoke_sessions(${staffId}) as n`);
  return row?.n ?? 0;
}

/** Makes a member work in a queue, or no longer. */
export async function setQueueMembership(
  sql: Sql,
  staffId: string,
  queueId: string,
  member: boolean,
): Promise<void> {
  await told(sql`select staff.set_queue_membership(${staffId}, ${queueId}, ${member})`);
}

/** Checks words from outside against the closed list of roles. @throws StaffError naming the unknown one */
export function rolesOf(words: readonly string[]): Role[] {
  return words.map((word) => oneOf(ROLES, word, "role"));
}

/** Checks words from outside against the closed list of regions. @throws StaffError naming the unknown one */
export function regionsOf(words: readonly string[]): Region[] {
  return words.map((word) => oneOf(REGIONS, word, "region"));
}

function oneOf<T extends string>(list: readonly T[], word: string, what: string): T {
  const found = list.find((item) => item === word);
  if (!found) throw new StaffError(`There is no ${what} “${word}”. Known are: ${list.join(", ")}.`);
  return found;
}

async function told<T>(query: PromiseLike<T>): Promise<T> {
  return guarded(query).catch((error: unknown) => {
    const known = error instanceof DatabaseFailure ? WORDS[error.sqlstate] : undefined;
    throw known ? new StaffError(known) : error;
  });
}

const WORDS: Readonly<Record<string, string>> = {
  UN001:
    "These roles cannot be held by one person. `unseal staff conflicts` lists which exclude each other, and why.",
  UN002: "There is no such staff member.",
  "23505": "A staff member with this address is there already.",
  "23503": "There is no such staff member or queue.",
  "23514": "The address, the name or a role is not of the right form.",
};
