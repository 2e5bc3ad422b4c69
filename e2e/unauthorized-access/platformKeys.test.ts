import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { DOOR_PROBLEMS, type IntakeCode } from "../../domain/intake/problems.ts";
import { admin } from "../support/admin.ts";
import { CANARY_MARK } from "../support/canary.ts";
import { exampleFlag, flagAgain } from "../support/flags.ts";
import { type Answer, call, jsonOf } from "../support/http.ts";
import { deliverWith, makePlatform } from "../support/platform.ts";
import { FORGED, OTHER_ADDRESS } from "./forgedHeaders.ts";
import { type Bearer, makeScene, type Scene } from "./scene.ts";

/**
 * The platforms' door. It refuses an address after sixty refused keys, so these tests spend fewer.
 */
let scene: Scene;
let moderator: Bearer;
test.beforeAll(async () => {
  scene = await makeScene();
  moderator = await scene.bearer(["moderator"]);
});

const flag = () => exampleFlag({ category: "other" });

async function expectKeyRefused(answer: Answer, code: IntakeCode, platformId: string | null): Promise<void> {
  expect(answer.status).toBe(DOOR_PROBLEMS[code].status);
  expect(answer.headers["content-type"]).toContain("application/problem+json");
  expect(jsonOf(answer)).toMatchObject({ code, requestId: answer.requestId });
  expect(answer.text.toLowerCase()).not.toContain(CANARY_MARK);
  const events = await admin()`
    select actor_kind, actor_id, action, outcome, detail ->> 'code' as code, ip from audit.events
     where request_id = ${answer.requestId}`;
  expect(events).toEqual([
    {
      actor_kind: platformId ? "platform" : "nobody",
      actor_id: platformId,
      action: "intake.key_refused",
      outcome: "denied",
      code,
      ip: "127.0.0.1",
    },
  ]);
}

test("no flag comes in without a key, with an invented one, or with one that is almost right", async () => {
  const { key } = scene.platform;
  await expectKeyRefused(await call("POST", "/api/intake/v1/flags", { body: flag() }), "key-missing", null);
  for (const wrong of [
    "uns_",
    `uns_${randomBytes(32).toString("base64url")}`,
    `${key}x`,
    key.slice(0, -1),
    key.toUpperCase(),
    createHash("sha256").update(key).digest("hex"),
    "' or ''='",
  ]) {
    const answer = await deliverWith(wrong, flag());
    const code = wrong.includes(" ") ? "key-missing" : "key-unknown";
    await expectKeyRefused(answer, code, null);
  }
  for (const authorization of [`Basic ${btoa(`platform:${key}`)}`, key, `Token ${key}`, "Bearer"]) {
    const answer = await call("POST", "/api/intake/v1/flags", { headers: { authorization }, body: flag() });
    await expectKeyRefused(answer, "key-missing", null);
  }
  expect((await deliverWith(key, flag())).status).toBe(201);
});

test("a key in the address or in the body is no key", async () => {
  const { key } = scene.platform;
  const path = `/api/intake/v1/flags?key=${key}&access_token=${key}`;
  await expectKeyRefused(await call("POST", path, { body: flag() }), "key-missing", null);
  const body = new URLSearchParams({ access_token: key, flag: JSON.stringify(flag()) }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  await expectKeyRefused(await call("POST", "/api/intake/v1/flags", { headers, body }), "key-missing", null);
});

test("no staff session brings a flag in, whatever its role", async () => {
  for (const role of ["moderator", "administrator", "compliance_officer"] as const) {
    const { cookie } = await scene.bearer([role]);
    const sent = { cookie, body: flag() };
    await expectKeyRefused(await call("POST", "/api/intake/v1/flags", sent), "key-missing", null);
  }
  const token = moderator.cookie.split("=")[1] ?? "";
  await expectKeyRefused(await deliverWith(token, flag()), "key-unknown", null);
});

test("no platform's key opens anything of staff's", async () => {
  const authorization = `Bearer ${scene.platform.key}`;
  const { caseId } = await scene.arrive();
  for (const [method, path] of [
    ["GET", "/api/me"],
    ["GET", "/api/queues"],
    ["GET", `/api/cases/${caseId}`],
    ["POST", `/api/cases/${caseId}/claim`],
    ["GET", "/api/audit/events"],
  ] as const) {
    const answer = await call(method, path, { headers: { authorization } });
    expect(answer.status, path).toBe(401);
    const asCookie = await call(method, path, { cookie: `unseal-session=${scene.platform.key}` });
    expect(asCookie.status, path).toBe(401);
  }
});

test("a revoked key and an expired one are refused, in the platform's name", async () => {
  const [revoked, expired] = [await makePlatform(), await makePlatform()];
  await revoked.deliver(flag());
  await expired.deliver(flag());
  await admin()`select intake.revoke_key(${revoked.keyId})`;
  await admin()`update intake.platform_keys set expires_at = now() - interval '1 second' where id = ${expired.keyId}`;
  await expectKeyRefused(await deliverWith(revoked.key, flag()), "key-revoked", revoked.id);
  await expectKeyRefused(await deliverWith(expired.key, flag()), "key-expired", expired.id);
});

test("no header talks the door open, nor changes where the call came from", async () => {
  for (const headers of [...FORGED.slice(0, 6), OTHER_ADDRESS]) {
    await expectKeyRefused(
      await call("POST", "/api/intake/v1/flags", { headers, body: flag() }),
      "key-missing",
      null,
    );
  }
});

test("one platform's flag touches no thread of another's that has the same ids", async () => {
  const other = await makePlatform();
  const first = flag();
  const mine = await scene.platform.deliver(first);
  const theirs = await other.deliver(first);
  expect(theirs.caseId).not.toBe(mine.caseId);
  expect(theirs.flagId).not.toBe(mine.flagId);
  expect(theirs.joinedCase).toBe(false);
  const [row] = await admin()`select platform_id from triage.cases where id = ${theirs.caseId}`;
  expect(row?.platform_id).toBe(other.id);
});

test("what a platform is answered names nobody of staff and no other platform", async () => {
  const { caseId, flag: sent } = await scene.arrive();
  await call("POST", `/api/cases/${caseId}/claim`, { cookie: moderator.cookie });
  const again = await deliverWith(scene.platform.key, flagAgain(sent));
  expect(again.status).toBe(201);
  expect(Object.keys(jsonOf(again)).sort()).toEqual(
    ["caseId", "flagId", "id", "joinedCase", "newMessages", "previousCaseId", "receivedAt"].sort(),
  );
  expect(again.text.toLowerCase()).not.toContain(CANARY_MARK);
  await call("DELETE", `/api/cases/${caseId}/claim`, { cookie: moderator.cookie });
});

test("no other method of the door answers", async () => {
  const headers = { authorization: `Bearer ${scene.platform.key}` };
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"]) {
    const answer = await call(method, "/api/intake/v1/flags", { headers });
    expect(answer.status, method).toBe(405);
    expect(answer.text, method).toBe("");
  }
});

test("a key that may send flags asks for no erasure and fetches no notice, and each other key its own alone", async () => {
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
  const keyFor = async (scope: string) => {
    const key = `uns_${randomBytes(32).toString("base64url")}`;
    const hash = createHash("sha256").update(key).digest();
    await admin()`select intake.add_key((select slug from intake.platforms where id = ${scene.platform.id}), 'tests', ${hash}, null, ${[scope]})`;
    return key;
  };
  const erasing = await keyFor("erasures:write");
  const fetching = await keyFor("notices:read");
  const erasure = { id: `e2e-${randomBytes(6).toString("hex")}`, account: { id: "p-nobody" } };
  const calls = [
    ["POST", "/api/intake/v1/erasures", erasure, [scene.platform.key, fetching]],
    ["GET", "/api/intake/v1/erasures/any", undefined, [scene.platform.key, fetching]],
    ["GET", "/api/intake/v1/notices", undefined, [scene.platform.key, erasing]],
    [
      "POST",
      `/api/intake/v1/notices/${crypto.randomUUID()}/delivered`,
      { deliveredAt: new Date().toISOString(), channel: "email", textSha256: "0".repeat(64) },
      [scene.platform.key, erasing],
    ],
  ] as const;
  for (const [method, path, body, wrong] of calls) {
    for (const key of wrong)
      await expectKeyRefused(
        await call(method, path, { headers: bearer(key), body }),
        "scope-missing",
        scene.platform.id,
      );
    // Nor does a person's session open the platforms' door.
    const answer = await call(method, path, { cookie: moderator.cookie, body });
    await expectKeyRefused(answer, "key-missing", null);
  }
  const taken = await call("POST", "/api/intake/v1/erasures", { headers: bearer(erasing), body: erasure });
  expect([taken.status, jsonOf<{ state: string }>(taken).state]).toEqual([202, "received"]);
  const fed = await call("GET", "/api/intake/v1/notices", { headers: bearer(fetching) });
  expect([fed.status, jsonOf(fed)]).toEqual([200, { notices: [], more: false }]);
});
