import { guarded } from "../../db/connect.ts";
import { webSql } from "../../db/web-client.ts";
import { webSettings } from "../../environment/settings.ts";
import type { Actor, Answer } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { deriveProof } from "./password.ts";

interface Challenge {
  salt: string;
  memoryKib: number;
  passes: number;
  lanes: number;
}

/**
 * Signs a staff member in with a local account. The database gives the salt, takes the derived proof, compares, counts
 * failures and makes the session: no stored secret comes this way, and a taken-over process can make no session.
 *
 * @param from where the call came from; its token is not used
 * @returns the session token, to be set as the cookie, and who signed in
 * @throws Refusal `wrong` or `locked`, both recorded
 */
export async function signIn(
  from: Actor,
  email: string,
  password: string,
): Promise<{ token: string; sessionId: string; staffId: string }> {
  const sql = webSql();
  const [asked] = await guarded(sql<{ how: Challenge }[]>`select staff.sign_in_challenge(${email}) as how`);
  if (!asked) throw new Refusal("failure");
  const proof = await deriveProof(password, { ...asked.how, salt: Buffer.from(asked.how.salt, "hex") });
  const { sessionIdleMinutes, sessionHours } = webSettings();
  const [row] = await guarded(
    sql<{ answer: Answer<{ token: string; sessionId: string; staffId: string }> }[]>`
      select staff.sign_in(${from as never}::jsonb, ${email}, ${proof}, ${`${sessionIdleMinutes} minutes`}::interval,
        ${`${sessionHours} hours`}::interval) as answer`,
  );
  if (!row) throw new Refusal("failure");
  if (!row.answer.ok) throw new Refusal(row.answer.code, { recorded: true });
  return row.answer;
}
