import { randomBytes } from "node:crypto";
import type { Role } from "../../domain/vocabulary.ts";
import { disableMember, revokeSessions } from "../../server/staff/operator.ts";
import { admin } from "../support/admin.ts";
import { SESSION_COOKIE, signOut } from "../support/session.ts";
import { anotherSession, type Bearer, type Scene } from "./scene.ts";

/** Something that was a session once, or never was. */
export interface DeadSession {
  readonly who: string;
  readonly cookie: string | undefined;
}

/** Every kind of session that opens nothing any more, of people who had the role, the queue and the region. */
export async function makeDeadSessions(scene: Scene, role: Role): Promise<readonly DeadSession[]> {
  const [signedOut, revoked, idle, over, disabled] = (await Promise.all(
    Array.from({ length: 5 }, () => scene.bearer([role])),
  )) as [Bearer, Bearer, Bearer, Bearer, Bearer];
  await signOut(signedOut.cookie);
  await revokeSessions(admin(), revoked.member.id);
  await admin()`update staff.sessions set last_seen_at = now() - interval '61 minutes' where staff_id = ${idle.member.id}`;
  await admin()`update staff.sessions set expires_at = now() - interval '1 second' where staff_id = ${over.member.id}`;
  await disableMember(admin(), disabled.member.id);
  // A session that could be made before the account was disabled, and one that nobody ended: the account alone decides.
  const unended = await scene.bearer([role]);
  await admin()`update staff.members set state = 'disabled' where id = ${unended.member.id}`;

  const garbage = randomBytes(32).toString("hex");
  const { cookie } = await anotherSession(await scene.bearer([role]));
  return [
    { who: "nobody", cookie: undefined },
    { who: "a made-up token", cookie: `${SESSION_COOKIE}=${garbage}` },
    { who: "a token that is no token", cookie: `${SESSION_COOKIE}=admin` },
    { who: "an empty token", cookie: `${SESSION_COOKIE}=` },
    { who: "a token in capitals", cookie: cookie.replace(/=.*/, (token) => token.toUpperCase()) },
    { who: "a token with one more digit", cookie: `${cookie}0` },
    {
      who: "a token under another cookie's name",
      cookie: cookie.replace(SESSION_COOKIE, "next-auth.session-token"),
    },
    { who: "a token in quotes with SQL", cookie: `${SESSION_COOKIE}=' or ''='` },
    { who: "a session that was signed out", cookie: signedOut.cookie },
    { who: "a revoked session", cookie: revoked.cookie },
    { who: "an idle session", cookie: idle.cookie },
    { who: "a session past its absolute end", cookie: over.cookie },
    { who: "a disabled member", cookie: disabled.cookie },
    { who: "a disabled member whose session was not ended", cookie: unended.cookie },
  ];
}
