import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { DENIALS, type DenialCode } from "../../domain/denials.ts";
import { admin } from "../support/admin.ts";
import { CANARY_MARK } from "../support/canary.ts";
import { type Answer, call, jsonOf } from "../support/http.ts";
import { FORGED } from "./forgedHeaders.ts";
import { type Bearer, makeScene, openView, type Scene } from "./scene.ts";

/**
 * Where machines read events. It refuses an address after sixty refused keys, so these tests spend fewer.
 */
const FEED = "/api/audit/feed";

let scene: Scene;
let officer: Bearer;
let key: string;
test.beforeAll(async () => {
  scene = await makeScene();
  officer = await scene.bearer(["compliance_officer"]);
  ({ key } = await makeFeedKey());
});

async function makeFeedKey(): Promise<{ key: string; keyId: string }> {
  const made = `unf_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(made).digest();
  const [row] = await admin()`select audit.add_siem_key('Example SIEM', ${hash}, null, 0) as id`;
  return { key: made, keyId: row?.id as string };
}

const read = (bearer: string, query = "?limit=5") =>
  call("GET", `${FEED}${query}`, { headers: { authorization: `Bearer ${bearer}` } });

async function expectRefused(answer: Answer, code: DenialCode): Promise<void> {
  expect(answer.status).toBe(DENIALS[code].status);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(jsonOf(answer)).toMatchObject({ code, requestId: answer.requestId });
  const events = await admin()`
    select actor_kind, action, outcome, detail ->> 'code' as code from audit.events where request_id = ${answer.requestId}`;
  expect(events).toEqual([{ actor_kind: "nobody", action: "siem.key_refused", outcome: "denied", code }]);
}

test("no event is read without a key, with an invented one, or with one of somebody else's kind", async () => {
  await expectRefused(await call("GET", FEED), "feed-key-missing");
  for (const headers of FORGED.slice(0, 4))
    await expectRefused(await call("GET", FEED, { headers }), "feed-key-missing");
  const token = officer.cookie.split("=")[1] ?? "";
  for (const wrong of [
    `unf_${randomBytes(32).toString("base64url")}`,
    `${key}x`,
    key.slice(0, -1),
    token,
    scene.platform.key,
  ])
    await expectRefused(await read(wrong), "feed-key-unknown");
  await expectRefused(await call("GET", FEED, { cookie: officer.cookie }), "feed-key-missing");
  expect((await read(key)).status).toBe(200);
});

test("a key in the address is no key", async () => {
  await expectRefused(await call("GET", `${FEED}?key=${key}&access_token=${key}`), "feed-key-missing");
});

test("what is read holds no content, and nothing that staff wrote", async () => {
  const moderator = await scene.bearer(["moderator"]);
  const { caseId } = await scene.arrive();
  await call("POST", `/api/cases/${caseId}/claim`, { cookie: moderator.cookie });
  const viewId = await openView(moderator, caseId);
  await call("POST", `/api/views/${viewId}/read`, { cookie: moderator.cookie });
  const [event] =
    await admin()`select id, reason from audit.events where view_id = ${viewId} and reason is not null limit 1`;
  await expect
    .poll(async () => (await admin()`select audit.index_of(${event?.id}) as at`)[0]?.at ?? null)
    .not.toBeNull();
  const [row] = await admin()`select audit.index_of(${event?.id}) as at`;
  const answer = await read(key, `?after=${Number(row?.at) - 1}&limit=1000`);
  expect(answer.status).toBe(200);
  expect(answer.text).toContain(viewId);
  expect(answer.text.toLowerCase()).not.toContain(CANARY_MARK);
  expect(answer.text).not.toContain(event?.reason);
  expect(answer.headers["cache-control"]).toBe("no-store");
});

test("a feed key opens nothing else", async () => {
  const headers = { authorization: `Bearer ${key}` };
  for (const path of [
    "/api/me",
    "/api/queues",
    "/api/audit/events",
    "/api/audit/feeds",
    "/api/audit/export?format=csv",
  ]) {
    expect((await call("GET", path, { headers })).status, path).toBe(401);
    expect((await call("GET", path, { cookie: `unseal-session=${key}` })).status, path).toBe(401);
  }
  expect((await call("POST", "/api/intake/v1/flags", { headers, body: {} })).status).toBe(401);
});

test("a revoked key is refused", async () => {
  const other = await makeFeedKey();
  expect((await read(other.key)).status).toBe(200);
  await admin()`select audit.revoke_siem_key(${other.keyId})`;
  await expectRefused(await read(other.key), "feed-key-revoked");
});

test("no other method of the feed answers", async () => {
  const headers = { authorization: `Bearer ${key}` };
  for (const method of ["POST", "PUT", "PATCH", "DELETE"])
    expect((await call(method, FEED, { headers })).status, method).toBe(405);
});
