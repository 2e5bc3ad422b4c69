import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { admin } from "../support/admin.ts";
import { CANARY_MARK } from "../support/canary.ts";
import { type Answer, call } from "../support/http.ts";
import { expectRefusedAndAudited, type Refused } from "../support/refused.ts";
import { type Bearer, makeScene, type Scene } from "./scene.ts";
import { shareOf } from "./shareOf.ts";
import { STAFF_ROUTES } from "./staffRoutes.ts";

let scene: Scene;
const bearers = new Map<string, Bearer>();
test.beforeAll(async () => {
  scene = await makeScene();
  for (const role of new Set([...STAFF_ROUTES.map(({ right }) => right), "moderator" as const]))
    bearers.set(role, await scene.bearer([role]));
});

const UUID = "01980000-0000-7000-8000-000000000000";

/** One segment each, so that the handler is reached: ids that are none. */
const NO_IDS = [
  "not-a-uuid",
  "0",
  "null",
  "undefined",
  "__proto__",
  "constructor",
  "[id]",
  "%5Bid%5D",
  UUID.toUpperCase().replaceAll("0", "A"),
  `{${UUID}}`,
  `${UUID}%0A`,
  `%20${UUID}`,
  `${UUID}%00`,
  `${UUID};a=b`,
  `${UUID}'--`,
  `urn:uuid:${UUID}`,
  UUID.replaceAll("-", ""),
  `${UUID}%2Fread`,
  `..%2F${UUID}`,
  `%2E%2E%2F${UUID}`,
  `..%5C${UUID}`,
  `%252e%252e%252f${UUID}`,
  "%E2%80%AE",
  "a".repeat(3000),
];

for (const [place, { method, route, action, right: role }] of STAFF_ROUTES.entries()) {
  if (!route.includes("[id]")) continue;
  test(`${method} ${route} takes nothing for an id that is none`, async () => {
    const { cookie, member } = bearers.get(role) as Bearer;
    const body = method === "GET" ? undefined : {};
    const refusals = await Promise.all(
      shareOf(NO_IDS, place).map(async (id): Promise<Refused> => {
        const answer = await call(method, route.replace("[id]", id), { cookie, body });
        return { who: id.slice(0, 60), answer, code: "not-found", action, staffId: member.id };
      }),
    );
    // An id of the right form that names nothing is told the same.
    const answer = await call(method, route.replace("[id]", randomUUID()), {
      cookie,
      body: method === "GET" ? undefined : { purpose: "user_report_review", preset: true },
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    await expectRefusedAndAudited(refusals);
  });
}

/** A payload of React's can lead elsewhere and still be a 200. */
const leadsToSignIn = ({ headers, text }: Answer): boolean =>
  headers["content-type"] === "text/x-component" && text.includes("NEXT_REDIRECT;replace;/sign-in");

/** Addresses that try to come out somewhere else. `ID` is a case that the bearer holds. */
const CROOKED = [
  "/api/health/../cases/ID",
  "/api/health/..%2fcases/ID",
  "/api/health/%2e%2e/cases/ID",
  "/api/health/live/../../cases/ID/flags",
  "/api//cases/ID",
  "//api/cases/ID",
  "/api/cases//ID",
  "/api/cases/ID/",
  "/api/cases/ID/.",
  "/api/cases/ID/views/..",
  "/api/cases/ID%2Fviews",
  "/api/cases/ID\\views",
  "/API/cases/ID",
  "/api/Cases/ID",
  "/api/cases/ID.json",
  "/api/cases/ID.rsc",
  "/api/cases/ID?_rsc=1",
  "/_next/data/build/api/cases/ID.json",
  "/_next/static/../../api/cases/ID",
  "/_next/image?url=%2Fapi%2Fcases%2FID&w=64&q=75",
  "/.next/server/app/api/cases/[id]/route.js",
  "/api/cases/ID%",
  "/api/cases/ID%ff",
  "/api/cases/%00ID",
  "/cases/ID.rsc",
  "/cases/ID/..%2f..%2fapi%2fcases%2fID",
  "/(staff)/cases/ID",
  "/..%2f..%2fetc%2fpasswd",
  "/.env",
  "/.git/config",
  "/package.json",
  "/icon.svg/../api/cases/ID",
];

test("no crooked address leads around the gate", async () => {
  const holder = bearers.get("moderator") as Bearer;
  const { caseId } = await scene.arrive();
  expect((await call("POST", `/api/cases/${caseId}/claim`, { cookie: holder.cookie })).status).toBe(200);
  const [row] = await admin()`select number from triage.cases where id = ${caseId}`;
  for (const crooked of CROOKED) {
    const answer = await call("GET", crooked.replaceAll("ID", caseId));
    const refused = answer.status >= 300 && answer.status < 500;
    expect.soft(refused || leadsToSignIn(answer), `${crooked}: ${answer.status}`).toBe(true);
    // Whatever it is answered, to nobody: no case, no content, no row.
    expect.soft(answer.text, crooked).not.toMatch(new RegExp(`"number":${row?.number}\\b`));
    expect.soft(answer.text.toLowerCase(), crooked).not.toContain(CANARY_MARK);
    expect.soft(answer.text, crooked).not.toContain("root:");
    expect.soft(answer.text, crooked).not.toContain("NEXTAUTH_SECRET");
    expect.soft(answer.text, crooked).not.toMatch(/"flags":|"participants":/);
  }
  await call("DELETE", `/api/cases/${caseId}/claim`, { cookie: holder.cookie });
});
