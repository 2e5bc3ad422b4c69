import { randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import { type ForEachRole, forEachRole, LOGIN_ROLES, type LoginRole } from "./loginRoles.ts";
import { scramVerifier } from "./scramVerifier.ts";

/**
 * Gives every login role a new random password of 192 bits. Whoever used the old ones is shut out at the next
 * connection.
 *
 * @param sql a connection that may alter the roles
 * @returns the passwords, which exist nowhere else: the database keeps only what verifies them
 */
export async function setRolePasswords(sql: Sql): Promise<ForEachRole<string>> {
  const passwords = forEachRole(() => randomBytes(24).toString("base64url"));
  await sql.begin(async (tx) => {
    for (const role of Object.keys(LOGIN_ROLES) as LoginRole[]) {
      // ALTER ROLE takes no parameters. Both parts are ours: a constant name, and base64 and digits in a verifier.
      await tx.unsafe(`alter role ${LOGIN_ROLES[role]} login password '${scramVerifier(passwords[role])}'`);
    }
  });
  return passwords;
}
