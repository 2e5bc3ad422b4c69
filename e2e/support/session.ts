import { type Answer, call, cookiesOf, jsonOf } from "./http.ts";
import type { Member } from "./staff.ts";

export const SESSION_COOKIE = "unseal-session";
const CSRF_COOKIE = "next-auth.csrf-token";

/** A token for the forms of next-auth, and the cookie it belongs to. */
export async function csrf(): Promise<{ token: string; cookie: string }> {
  const answer = await call("GET", "/api/auth/csrf");
  const cookie = cookiesOf(answer).get(CSRF_COOKIE)?.value ?? "";
  return { token: jsonOf<{ csrfToken: string }>(answer).csrfToken, cookie: `${CSRF_COOKIE}=${cookie}` };
}

export const form = (fields: Record<string, string>) => ({
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams(fields).toString(),
});

/** Tries to sign in, as the page's form does. */
export async function trySignIn(
  email: string,
  password: string,
  { cookie = "", callbackUrl = "/" }: { cookie?: string; callbackUrl?: string } = {},
): Promise<Answer> {
  const guard = await csrf();
  const sent = form({ csrfToken: guard.token, email, password, callbackUrl, json: "true" });
  const cookies = [guard.cookie, cookie].filter(Boolean).join("; ");
  return call("POST", "/api/auth/callback/local", { ...sent, cookie: cookies });
}

/** Signs in. @returns the session's cookie, as a browser sends it @throws when the door stays shut */
export async function signIn(member: Member): Promise<string> {
  const answer = await trySignIn(member.email, member.password);
  const token = cookiesOf(answer).get(SESSION_COOKIE)?.value;
  if (!token) throw new Error(`Signing in was answered ${answer.status} without a session.`);
  return `${SESSION_COOKIE}=${token}`;
}

/** Signs the bearer of a cookie out, as the page's menu does. */
export async function signOut(cookie: string): Promise<Answer> {
  const guard = await csrf();
  const sent = form({ csrfToken: guard.token, json: "true" });
  return call("POST", "/api/auth/signout", { ...sent, cookie: `${guard.cookie}; ${cookie}` });
}

export const tokenOf = (cookie: string): string => cookie.slice(cookie.indexOf("=") + 1);
