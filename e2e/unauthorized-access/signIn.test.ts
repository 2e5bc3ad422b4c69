import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import type { DenialCode } from "../../domain/denials.ts";
import { disableMember } from "../../server/staff/operator.ts";
import { admin } from "../support/admin.ts";
import { type Answer, call, cookiesOf, jsonOf } from "../support/http.ts";
import { expectProblem, expectRefusedAndAudited } from "../support/refused.ts";
import { csrf, form, SESSION_COOKIE, signIn, signOut, tokenOf, trySignIn } from "../support/session.ts";
import { hire } from "../support/staff.ts";
import { target } from "../target.ts";
import { FORGED, fromElsewhere, OTHER_ADDRESS } from "./forgedHeaders.ts";
import { claim, makeScene, openView, type Scene } from "./scene.ts";

let scene: Scene;
test.beforeAll(async () => {
  scene = await makeScene();
  // An address of the network rests too after a hundred failures; these tests make about half as many.
  await admin()`delete from staff.sign_in_attempts where not succeeded`;
});

const me = (cookie: string) => call("GET", "/api/me", { cookie });
const sessionOf = (answer: Answer) => cookiesOf(answer).get(SESSION_COOKIE);

/** The events of a sign-in, without what differs each time. */
const attempt = (answer: Answer) =>
  admin()`select actor_kind, action, outcome, detail ->> 'code' as code, subject_staff_id, ip
            from audit.events where request_id = ${answer.requestId}`;

test.describe("the session cookie", () => {
  test("is out of reach of scripts, of other sites and of subdomains", async () => {
    const member = await hire(["moderator"]);
    const cookie = sessionOf(await trySignIn(member.email, member.password));
    expect(cookie?.value).toMatch(/^[0-9a-f]{64}$/);
    const attributes =
      cookie?.attributes
        .toLowerCase()
        .split(";")
        .map((one) => one.trim()) ?? [];
    expect(attributes).toContain("httponly");
    expect(attributes).toContain("samesite=lax");
    expect(attributes).toContain("path=/");
    expect(attributes.filter((one) => one.startsWith("domain"))).toEqual([]);
  });

  test("holds a random token and nothing that could be read or forged", async () => {
    const member = await hire(["moderator"]);
    const tokens = await Promise.all(Array.from({ length: 5 }, async () => tokenOf(await signIn(member))));
    expect(new Set(tokens).size).toBe(5);
    const [row] = await admin()`
      select count(*)::int as n from staff.sessions s where exists (
        select from unnest(${tokens}::text[]) t where encode(s.token_hash, 'hex') = t or s::text like '%' || t || '%')`;
    expect(row?.n).toBe(0);
  });

  test("is not the one that was planted before signing in", async () => {
    const member = await hire(["moderator"]);
    const planted = `${SESSION_COOKIE}=${randomBytes(32).toString("hex")}`;
    const answer = await trySignIn(member.email, member.password, { cookie: planted });
    const own = `${SESSION_COOKIE}=${sessionOf(answer)?.value}`;
    expect(own).not.toBe(planted);
    expect((await me(planted)).status).toBe(401);
    expect(jsonOf(await me(own))).toMatchObject({ id: member.id });
  });

  test("of somebody else, planted in a browser, does not become theirs who sign in there", async () => {
    const [attacker, victim] = [await hire(["moderator"]), await hire(["lead"])];
    const planted = await signIn(attacker);
    const answer = await trySignIn(victim.email, victim.password, { cookie: planted });
    const own = `${SESSION_COOKIE}=${sessionOf(answer)?.value}`;
    expect(jsonOf(await me(own))).toMatchObject({ id: victim.id });
    expect(jsonOf(await me(planted))).toMatchObject({ id: attacker.id });
    // Beside the victim's own, under a narrower path, it counts for nothing: neither acts as the other.
    for (const both of [`${planted}; ${own}`, `${own}; ${planted}`]) {
      const refused = await me(both);
      await expectRefusedAndAudited([
        { who: both, answer: refused, code: "not-signed-in", action: "staff.me", staffId: null },
      ]);
    }
  });
});

test.describe("signing in", () => {
  const wrongForms: readonly [string, DenialCode, (guard: { token: string; cookie: string }) => object][] = [
    ["without the form's token", "form-expired", ({ cookie }) => ({ fields: {}, cookie })],
    ["without the token's cookie", "form-expired", ({ token }) => ({ fields: { csrfToken: token } })],
    [
      "with a token of another cookie",
      "form-expired",
      ({ cookie }) => ({ fields: { csrfToken: "0".repeat(64) }, cookie }),
    ],
    [
      "with a cookie that the client made up",
      "form-expired",
      () => ({ fields: { csrfToken: "a" }, cookie: `next-auth.csrf-token=a%7C${"0".repeat(64)}` }),
    ],
  ];
  for (const [how, code, make] of wrongForms) {
    test(`is refused ${how}`, async () => {
      const member = await hire(["moderator"]);
      const { fields, cookie } = make(await csrf()) as { fields: Record<string, string>; cookie?: string };
      for (const json of ["true", "false"]) {
        const sent = form({ ...fields, email: member.email, password: member.password, json });
        const answer = await call("POST", "/api/auth/callback/local", { ...sent, cookie });
        await expectRefusedAndAudited([{ who: how, answer, code, action: "sign_in.attempt", staffId: null }]);
        expect(sessionOf(answer)).toBeUndefined();
      }
      expect((await trySignIn(member.email, member.password)).status).toBe(200);
    });
  }

  test("is refused when another site's page sends the form", async () => {
    const member = await hire(["moderator"]);
    const { host } = new URL(target().baseUrl);
    for (const headers of fromElsewhere(host)) {
      const guard = await csrf();
      const sent = form({
        csrfToken: guard.token,
        email: member.email,
        password: member.password,
        json: "true",
      });
      const answer = await call("POST", "/api/auth/callback/local", {
        body: sent.body,
        headers: { ...sent.headers, ...headers },
        cookie: guard.cookie,
      });
      const who = JSON.stringify(headers);
      await expectRefusedAndAudited([
        { who, answer, code: "cross-origin", action: "sign_in.attempt", staffId: null },
      ]);
      expect(sessionOf(answer), who).toBeUndefined();
    }
  });

  test("is refused in any form but a form, and at any size but a small one", async () => {
    const member = await hire(["moderator"]);
    const { token: csrfToken, cookie } = await csrf();
    const fields = { csrfToken, email: member.email, password: member.password, json: "true" };
    const tries: readonly [DenialCode, object | string, Record<string, string>][] = [
      ["not-a-form", fields, {}],
      ["not-a-form", "{", { "content-type": "application/json" }],
      ["not-a-form", new URLSearchParams(fields).toString(), { "content-type": "text/plain" }],
      ["not-a-form", new URLSearchParams(fields).toString(), {}],
      [
        "too-large",
        new URLSearchParams({ ...fields, more: "x".repeat(100_000) }).toString(),
        { "content-type": "application/x-www-form-urlencoded" },
      ],
    ];
    for (const [code, body, headers] of tries) {
      const answer = await call("POST", "/api/auth/callback/local", { body, headers, cookie });
      const who = `${code} ${JSON.stringify(headers)}`;
      await expectRefusedAndAudited([{ who, answer, code, action: "sign_in.attempt", staffId: null }]);
      expect(sessionOf(answer), who).toBeUndefined();
    }
  });

  test("is refused by GET, with the password in the address, and by every other way that next-auth has", async () => {
    const member = await hire(["moderator"]);
    const { token: csrfToken, cookie } = await csrf();
    const fields = { csrfToken, email: member.email, password: member.password, json: "true" };
    const query = new URLSearchParams(fields).toString();
    const tries: readonly [string, string, string?][] = [
      ["GET", `/api/auth/callback/local?${query}`],
      ["GET", `/api/auth/signin/local?${query}`],
      ["POST", "/api/auth/signin/local", query],
      ["POST", "/api/auth/callback/credentials", query],
      ["POST", "/api/auth/callback/email", query],
      ["POST", "/api/auth/callback", query],
      ["POST", "/api/auth/session", `${query}&data=%7B%22roles%22%3A%5B%22administrator%22%5D%7D`],
      ["POST", "/api/auth/_log", "level=error&code=anything&message=anything"],
      ["GET", "/api/auth/_log"],
      ["GET", "/api/auth/verify-request"],
      ["GET", "/api/auth/__proto__"],
      ["POST", "/api/auth/constructor", query],
    ];
    for (const [method, path, body] of tries) {
      const headers = body ? form({}).headers : {};
      const answer = await call(method, path, { body, headers, cookie });
      const who = `${method} ${path.slice(0, 40)}`;
      await expectRefusedAndAudited([
        { who, answer, code: "not-found", action: "sign_in.attempt", staffId: null },
      ]);
      expect(sessionOf(answer), who).toBeUndefined();
    }
  });

  test("is not talked open by any header, and the log has the socket's address", async () => {
    const member = await hire(["moderator"]);
    for (const headers of [...FORGED, OTHER_ADDRESS]) {
      const guard = await csrf();
      const sent = form({ csrfToken: guard.token, email: member.email, password: "", json: "true" });
      const answer = await call("POST", "/api/auth/callback/local", {
        body: sent.body,
        headers: { ...headers, ...sent.headers },
        cookie: guard.cookie,
      });
      expect(answer.status, JSON.stringify(headers)).toBe(401);
      expect(sessionOf(answer), JSON.stringify(headers)).toBeUndefined();
      expect(await attempt(answer)).toMatchObject([{ outcome: "denied", code: "wrong", ip: "127.0.0.1" }]);
    }
  });

  test("tells nobody whether an address is known, whatever is wrong with it", async () => {
    const [known, disabled, bare] = [
      await hire(["moderator"]),
      await hire(["moderator"]),
      await hire(["moderator"]),
    ];
    await disableMember(admin(), disabled.id);
    await admin()`delete from staff.credentials where staff_id = ${bare.id}`;
    const shape = (answer: Answer) => ({
      status: answer.status,
      body: answer.text,
      headers: Object.keys(answer.headers).sort(),
      cookies: [...cookiesOf(answer).keys()].sort(),
      length: answer.headers["content-length"],
    });
    const seen = new Map<string, object>();
    for (const [who, email, password] of [
      ["a known address", known.email, "not the password"],
      ["an unknown address", "nobody-of-ours@staff.example.org", "not the password"],
      ["a disabled member, right password", disabled.email, disabled.password],
      ["a member without a password", bare.email, bare.password],
      ["a known address in capitals", known.email.toUpperCase(), "not the password"],
    ] as const) {
      const answer = await trySignIn(email, password);
      seen.set(who, shape(answer));
      const [event] = await attempt(answer);
      expect(event, who).toMatchObject({
        actor_kind: "nobody",
        outcome: "denied",
        code: "wrong",
        ip: "127.0.0.1",
      });
    }
    const [first] = seen.values();
    for (const [who, answer] of seen) expect(answer, who).toEqual(first);
    expect(first).toMatchObject({ status: 401 });
    expect(JSON.stringify([...seen])).not.toContain("staff.example.org");
  });

  test("is locked after eight failures, also for the right password, and the lock looks alike for unknown addresses", async () => {
    const [member, nobody] = [
      await hire(["moderator"]),
      `nobody-${randomBytes(4).toString("hex")}@staff.example.org`,
    ];
    const answers: Answer[] = [];
    for (const email of [member.email, nobody]) {
      for (let n = 0; n < 8; n++) expect((await trySignIn(email, "not the password")).status).toBe(401);
      answers.push(await trySignIn(email, member.password));
    }
    const [known, unknown] = answers as [Answer, Answer];
    expect(known.text).toContain("error=locked");
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    expect(sessionOf(known)).toBeUndefined();
    expect(await attempt(known)).toMatchObject([
      { outcome: "denied", code: "locked", subject_staff_id: member.id },
    ]);
  });

  test("is locked after eight failures that arrive at once", async () => {
    const member = await hire(["moderator"]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => trySignIn(member.email, "not the password")),
    );
    const wrong = answers.filter(({ text }) => text.includes("error=wrong")).length;
    const locked = answers.filter(({ text }) => text.includes("error=locked")).length;
    expect([wrong, locked]).toEqual([8, 12]);
    expect((await trySignIn(member.email, member.password)).text).toContain("error=locked");
  });

  test("leads nowhere but to this site", async () => {
    const member = await hire(["moderator"]);
    const { baseUrl } = target();
    const { host } = new URL(baseUrl);
    for (const callbackUrl of [
      "https://evil.example.org/",
      "//evil.example.org/",
      "///evil.example.org/",
      "/\\evil.example.org/",
      "\\\\evil.example.org",
      "https:evil.example.org",
      "javascript:alert(1)",
      "data:text/html,x",
      `${baseUrl}@evil.example.org/`,
      `${baseUrl}.evil.example.org/`,
      `http://${host}:80@evil.example.org`,
      "/\t/evil.example.org/",
      "/%09/evil.example.org/",
      "\u0000//evil.example.org",
      "@evil.example.org",
      ".evil.example.org",
    ]) {
      const answer = await trySignIn(member.email, member.password, { callbackUrl });
      const told = jsonOf<{ url: string }>(answer).url;
      expect(new URL(told, baseUrl).origin, callbackUrl).toBe(baseUrl);
      const asked = await call("GET", `/api/auth/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`);
      expect(new URL(asked.headers.location ?? "", baseUrl).origin, callbackUrl).toBe(baseUrl);
    }
  });
});

test.describe("a session", () => {
  test("that signed out opens nothing when its cookie is replayed, and what it held is let go", async () => {
    const by = await scene.bearer(["moderator"]);
    const { caseId } = await scene.arrive();
    await claim(by, caseId);
    const viewId = await openView(by, caseId);
    const answer = await signOut(by.cookie);
    expect(sessionOf(answer)?.value).toBe("");
    const replayed = await me(by.cookie);
    const read = await call("POST", `/api/views/${viewId}/read`, { cookie: by.cookie });
    await expectRefusedAndAudited([
      { who: "replayed", answer: replayed, code: "not-signed-in", action: "staff.me", staffId: null },
      { who: "replayed", answer: read, code: "not-signed-in", action: "view.read", staffId: null },
    ]);
    const [row] = await admin()`select claimed_by from triage.cases where id = ${caseId}`;
    expect(row?.claimed_by).toBeNull();
    const [event] =
      await admin()`select actor_id, outcome from audit.events where request_id = ${answer.requestId}`;
    expect(event).toEqual({ actor_id: by.member.id, outcome: "done" });
  });

  test("is not ended by another site, nor by an address that somebody is made to visit", async () => {
    const { cookie, member } = await scene.bearer(["moderator"]);
    expect((await call("GET", "/api/auth/signout", { cookie })).status).toBeLessThan(400);
    const bare = await call("POST", "/api/auth/signout", { ...form({ json: "true" }), cookie });
    const guard = await csrf();
    const foreign = await call("POST", "/api/auth/signout", {
      body: form({ csrfToken: guard.token, json: "true" }).body,
      headers: { ...form({}).headers, origin: "https://evil.example.org" },
      cookie: `${guard.cookie}; ${cookie}`,
    });
    await expectRefusedAndAudited([
      { who: "no token", answer: bare, code: "form-expired", action: "sign_in.ended", staffId: member.id },
      {
        who: "elsewhere",
        answer: foreign,
        code: "cross-origin",
        action: "sign_in.ended",
        staffId: member.id,
      },
    ]);
    expect((await me(cookie)).status).toBe(200);
  });

  test("cannot be changed from outside: role, person and end stay what the database says", async () => {
    const { cookie, member } = await scene.bearer(["moderator"]);
    const before = jsonOf(await me(cookie));
    const guard = await csrf();
    const data = JSON.stringify({ roles: ["administrator"], sub: "0", sessionToken: "0".repeat(64) });
    const answer = await call("POST", "/api/auth/session", {
      ...form({ csrfToken: guard.token, data }),
      cookie: `${guard.cookie}; ${cookie}`,
    });
    expectProblem({ who: "update", answer, code: "not-found" });
    expect(jsonOf(await me(cookie))).toMatchObject({
      id: member.id,
      roles: ["moderator"],
      session: { id: (before as { session: { id: string } }).session.id },
    });
  });

  test("says of itself only that it is there", async () => {
    const { cookie } = await scene.bearer(["moderator"]);
    expect(Object.keys(jsonOf(await call("GET", "/api/auth/session", { cookie })))).toEqual(["expires"]);
    expect(jsonOf(await call("GET", "/api/auth/session"))).toEqual({});
    const dead = `${SESSION_COOKIE}=${"0".repeat(64)}`;
    expect(jsonOf(await call("GET", "/api/auth/session", { cookie: dead }))).toEqual({});
    const providers = jsonOf<Record<string, { id: string; type: string }>>(
      await call("GET", "/api/auth/providers"),
    );
    expect(Object.keys(providers)).toEqual(["local"]);
  });

  test("ends for a page that listens when it is revoked", async () => {
    const { cookie, member } = await scene.bearer(["moderator"]);
    expect((await call("GET", "/api/live", { cookie })).text).toContain("retry:");
    await admin()`select staff.revoke_sessions(${member.id})`;
    expect((await call("GET", "/api/live", { cookie })).status).toBe(401);
  });
});
