import { expect, test } from "@playwright/test";
import { ROLES, type Role } from "../../domain/vocabulary.ts";
import { admin } from "../support/admin.ts";
import { CANARY_MARK } from "../support/canary.ts";
import { type Answer, call } from "../support/http.ts";
import { type DeadSession, makeDeadSessions } from "./deadSessions.ts";
import { FORGED } from "./forgedHeaders.ts";
import { addressWith, PAGES } from "./pageTable.ts";
import { type Arrived, type Bearer, makeScene, type Scene } from "./scene.ts";

let scene: Scene;
let arrived: Arrived;
let caseNumber: number;
let dead: readonly DeadSession[];
const everybody = new Map<Role, Bearer>();
test.beforeAll(async () => {
  scene = await makeScene();
  arrived = await scene.arrive();
  dead = await makeDeadSessions(scene, "moderator");
  for (const role of ROLES) everybody.set(role, await scene.bearer([role]));
  const [row] = await admin()`select number::int as n from triage.cases where id = ${arrived.caseId}`;
  caseNumber = row?.n;
});

/** Asked for as a browser loads it, as the router fetches it, and as it is prefetched. */
const FORMS: readonly Readonly<Record<string, string>>[] = [
  {},
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
];

const addressOf = (page: string): string =>
  addressWith(page, page.startsWith("/queues") ? scene.queue : arrived.caseId);

/** Follows redirects within the site, as a browser does. @returns every answer on the way */
async function follow(path: string, cookie: string | undefined, headers: Readonly<Record<string, string>>) {
  const answers: Answer[] = [];
  for (let next: string | undefined = path; next !== undefined && answers.length < 6; ) {
    const answer: Answer = await call("GET", next, { cookie, headers });
    answers.push(answer);
    next = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
  }
  return answers;
}

/** Nothing about work or people is in an answer: no content, no case, no queue, no colleague. */
function expectNothing(who: string, answers: readonly Answer[]): void {
  for (const answer of answers) {
    const all = `${JSON.stringify(answer.headers)}${answer.text}`;
    expect.soft(all.toLowerCase(), who).not.toContain(CANARY_MARK);
    expect.soft(all, who).not.toMatch(/"participants"|"flags"|"openedAt"|Unauthorized access [0-9a-f]{6}/);
    expect.soft(all, who).not.toMatch(new RegExp(`Case ${caseNumber}\\b|"number":${caseNumber}\\b`));
    expect.soft(answer.status, who).toBeLessThan(500);
  }
}

const led = (answers: readonly Answer[]): boolean =>
  answers.some(
    ({ headers, text }) =>
      headers.location?.includes("/sign-in") || text.includes("NEXT_REDIRECT;replace;/sign-in"),
  );

for (const { page, open } of PAGES) {
  if (open) continue;
  test(`page ${page} leads to the sign-in page whoever has no session`, async () => {
    await Promise.all(
      dead.flatMap(({ who, cookie }, n) =>
        // A prefetch has no part that asks who it is: one session of them all is enough.
        FORMS.slice(0, n === 0 ? FORMS.length : 2).map(async (headers) => {
          const answers = await follow(addressOf(page), cookie, headers);
          const about = `${who} ${JSON.stringify(headers)}`;
          expectNothing(about, answers);
          // A prefetch brings the frame alone, in which nobody and nothing is named yet.
          if (!("next-router-prefetch" in headers)) expect.soft(led(answers), about).toBe(true);
          // Not a name of anybody, not even of who held the session once.
          for (const answer of answers) expect.soft(answer.text, about).not.toContain("staff.example.org");
        }),
      ),
    );
  });

  test(`page ${page} is not talked open by any header`, async () => {
    await Promise.all(
      FORGED.map(async (headers) => {
        const answers = await follow(addressOf(page), undefined, headers);
        expectNothing(JSON.stringify(headers), answers);
        expect.soft(led(answers), JSON.stringify(headers)).toBe(true);
      }),
    );
  });

  test(`page ${page} takes no POST, and no server action`, async () => {
    const { cookie } = everybody.get("moderator") as Bearer;
    for (const headers of [
      {},
      { "next-action": "0".repeat(40), "content-type": "text/plain;charset=UTF-8" },
      {
        "next-action": "x",
        "content-type": "multipart/form-data; boundary=x",
        origin: "https://evil.example.org",
      },
    ] as Readonly<Record<string, string>>[]) {
      for (const method of ["POST", "PUT", "DELETE"]) {
        const answer = await call(method, addressOf(page), { cookie, headers, body: "[]" });
        expect.soft(answer.text.toLowerCase()).not.toContain(CANARY_MARK);
        expect.soft(answer.status, `${method} ${JSON.stringify(headers)}`).toBeLessThan(500);
      }
    }
  });
}

for (const { page, roles, action } of PAGES) {
  const wrong = ROLES.filter((role) => !roles.includes(role));
  if (wrong.length === 0) continue;
  test(`page ${page} says no to ${wrong.join(", ")}, and the log says so too`, async () => {
    for (const role of wrong) {
      const { cookie, member } = everybody.get(role) as Bearer;
      for (const headers of FORMS.slice(0, 2)) {
        const answers = await follow(addressOf(page), cookie, headers);
        expectNothing(`${role} ${JSON.stringify(headers)}`, answers);
        const last = answers.at(-1) as Answer;
        expect.soft(last.text, role).toMatch(/Your role does not lead here|NEXT_HTTP_ERROR_FALLBACK;403/);
        const events = await admin()`
          select actor_id, action, outcome, detail ->> 'code' as code from audit.events
           where request_id = any (${answers.map(({ requestId }) => requestId)})`;
        expect
          .soft(events, role)
          .toEqual([{ actor_id: member.id, action, outcome: "denied", code: "wrong-role" }]);
      }
      expect.soft((await call("GET", addressOf(page), { cookie })).status, role).toBe(403);
    }
  });
}

test("a page for the right role says who is signed in, and nothing of any case", async () => {
  for (const { page, roles } of PAGES.filter(({ open }) => !open)) {
    const role = roles.includes("moderator") ? "moderator" : (roles[0] as Role);
    const { cookie, member } = everybody.get(role) as Bearer;
    for (const headers of FORMS.slice(0, page === "/" ? 1 : 2)) {
      const answers = await follow(addressOf(page), cookie, headers);
      expectNothing(page, answers);
      expect(answers.at(-1)?.status, page).toBe(200);
      expect(answers.at(-1)?.text, page).toContain(member.name);
    }
  }
});

test("a visitor with a token that opens nothing is recorded, one without any is not", async () => {
  const counted = async (cookie: string | undefined) => {
    const { requestId } = await call("GET", "/queues", { cookie });
    return admin()`select action, outcome, detail ->> 'code' as code from audit.events where request_id = ${requestId}`;
  };
  expect(await counted(dead.find(({ who }) => who === "a revoked session")?.cookie)).toEqual([
    { action: "staff.me", outcome: "denied", code: "not-signed-in" },
  ]);
  expect(await counted(undefined)).toEqual([]);
});
