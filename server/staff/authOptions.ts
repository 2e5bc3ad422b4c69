import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { webSettings } from "../../environment/settings.ts";
import { recordDenial } from "../audit/recordDenial.ts";
import { actorOf } from "../http/actorOf.ts";
import { sessionCookieName } from "../http/sessionCookie.ts";
import { log } from "../log/logger.ts";
import { Refusal } from "../refusal.ts";
import { readMe } from "./readMe.ts";
import { signIn } from "./signIn.ts";
import { signOut } from "./signOut.ts";

declare module "next-auth/jwt" {
  interface JWT {
    /** The session token of the database, and nothing else: no role, no right, no date. */
    sessionToken?: string;
  }
}
declare module "next-auth" {
  interface User {
    sessionToken: string;
  }
}

/**
 * next-auth carries the sign-in form, its cross-site guard and the cookie; the session itself is a row. Its strategy is
 * called "jwt", but `encode` and `decode` are ours: the cookie holds the opaque token of `staff.sessions`, so that
 * revoking the row ends the session at once. (The library's own database strategy refuses credentials providers.)
 * Single sign-on joins as a second provider whose `jwt` callback makes a session in the database too.
 */
export function authOptions(): NextAuthOptions {
  const { nextauthUrl, nextauthSecret, sessionHours } = webSettings();
  const secure = nextauthUrl.startsWith("https:");
  return {
    secret: nextauthSecret,
    useSecureCookies: secure,
    session: { strategy: "jwt", maxAge: sessionHours * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    cookies: {
      sessionToken: {
        name: sessionCookieName(secure),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    providers: [
      CredentialsProvider({
        id: "local",
        name: "Local account",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(given, request) {
          const email = given?.email ?? "";
          const password = given?.password ?? "";
          const from = actorOf(new Headers(request.headers as Record<string, string> | undefined));
          try {
            if (email.length > 254 || password.length === 0 || password.length > 1024) {
              await recordDenial(from, "sign_in.attempt", "wrong", { route: "/api/auth/[...nextauth]" });
              throw new Refusal("wrong", { recorded: true });
            }
            const { token, staffId } = await signIn(from, email, password);
            return { id: staffId, sessionToken: token };
          } catch (error) {
            if (error instanceof Refusal) throw new Error(error.code);
            log.error("sign_in.failed", { error });
            throw new Error("failure");
          }
        },
      }),
    ],
    jwt: {
      encode: async ({ token }) => token?.sessionToken ?? "",
      decode: async ({ token }) => {
        if (!token || !/^[0-9a-f]{64}$/.test(token)) return null;
        const me = await readMe(backgroundActor(token));
        return me && { sub: me.id, sessionToken: token };
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sessionToken: user.sessionToken } : token),
      // What /api/auth/session tells the browser: that there is a session. Who it is, /api/me asks the database.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sessionToken) await signOut(backgroundActor(token.sessionToken));
      },
    },
    logger: {
      error: (code) => log.error("next_auth.error", { code }),
      warn: (code) => log.warn("next_auth.warning", { code }),
      debug: () => {},
    },
  };
}

function backgroundActor(token: string) {
  return { ...actorOf(new Headers()), token, background: true };
}
