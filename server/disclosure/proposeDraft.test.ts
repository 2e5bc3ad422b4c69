import { afterAll, beforeAll, expect, test } from "vitest";
import { validateDraft } from "../../domain/cybertip/draft.ts";
import { startReport } from "../cybertip/startReport.ts";
import { openedFor } from "../cybertip/test/drafts.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { closeView } from "./closeView.ts";
import { proposeDraft } from "./proposeDraft.ts";
import { writeContent } from "./writeContent.ts";

let world: World;
let writer: Person;
let other: Person;
let found: Case;
let reportId: string;
const cleared = { clearances: ["child_safety"] };

beforeAll(async () => {
  world = await makeWorld();
  writer = await world.person(["specialist"], cleared);
  other = await world.person(["specialist"], cleared);
  found = await world.case({
    files: [3, 7],
    accounts: ["reporter-account", "sender-account"],
    flagged: [7, 9],
  });
  await world.admin`update triage.flags set category = 'child_safety' where case_id = ${found.id}`;
  await world.admin`update sealed.participants set age_band = 'minor', country = 'IE' where platform_participant_id = 'reporter-account'`;
  ({ reportId } = await startReport(writer.actor, found.id, { kind: "report" }));
});
afterAll(() => world.end());

const proposed = async (person: Person, viewId: string) =>
  (await writeContent(await proposeDraft(person.actor, reportId, viewId)).json()).draft;

test("a draft is proposed from the thread, its accounts and its files", async () => {
  const draft = await proposed(writer, await openedFor(writer, found));
  expect(draft.report.personOrUserReported).toMatchObject([
    {
      espIdentifier: "sender-account",
      screenName: "account-1",
      displayName: ["Example 1"],
      espService: "Example",
    },
  ]);
  expect(draft.report.victim).toMatchObject([
    { espIdentifier: "reporter-account", estimatedLocation: { countryCode: "IE" } },
  ]);
  const { content, chatRoomName } = draft.report.internetDetails[0].chatImIncident;
  expect(chatRoomName).toBe(`t-${found.threadId}`);
  expect(content).toContain("[m-7] FLAGGED sender-account (account-1): Placeholder message 8.");
  expect(content).toContain("[m-0] reporter-account (account-0): Placeholder message 1.");
  expect(draft.files.map((one: { details: { fileRelevance: string } }) => one.details.fileRelevance)).toEqual(
    ["Supplemental Reported", "Reported"],
  );
  expect(JSON.stringify(draft)).not.toContain("files.example.org");
  const reporter = { reportingPerson: { email: [{ value: "reporter@example.org" }] } };
  const problems = validateDraft(draft, { reporter, now: new Date(), version: "2025-11" });
  expect(problems.filter((one) => one.severity === "error").map((one) => one.rule)).toEqual([
    "schema.required",
  ]);
  const [event] = await world.events("cybertip.draft_proposed");
  expect(event).toMatchObject({ outcome: "done", actor_id: writer.id, case_id: found.id });
});

test("an earlier report of the account is known, if it was filed where this one would be", async () => {
  const earlier = await world.case({ accounts: ["p-9", "sender-account"] });
  const [row] = await world.admin`
    insert into cybertip.reports (case_id, thread_id, platform_id, region, kind, started_by, due_at, revision)
    values (${earlier.id}, ${earlier.threadId}, ${world.platformId}, 'eu', 'report', ${writer.id}, now(), 1) returning id`;
  const id = row?.id as string;
  const digest = Buffer.alloc(32);
  await world.admin`insert into cybertip.revisions (report_id, revision, digest, errors, warnings, high_priority, view_id, saved_by, session_id)
    values (${id}, 1, ${digest}, 0, 0, false, ${id}, ${writer.id}, ${writer.sessionId})`;
  await world.admin`insert into sealed.cybertip_accounts (thread_id, report_id, revision, part, platform_id, platform_participant_id)
    values (${earlier.threadId}, ${id}, 1, 'reported', ${world.platformId}, 'sender-account')`;
  await world.admin`update cybertip.reports set state = 'filed', way = 'by_hand', environment = 'production', ncmec_report_id = '4711',
    filed_at = now(), approved_revision = 1, approved_digest = ${digest}, approved_by = ${other.id}, approved_at = now(),
    handed_in_by = ${writer.id} where id = ${id}`;
  const view = await openedFor(writer, found);
  expect((await proposed(writer, view)).report.personOrUserReported[0].priorCTReports).toEqual(["4711"]);
  await world.admin`update cybertip.reports set environment = 'test' where id = ${id}`;
  expect((await proposed(writer, view)).report.personOrUserReported[0].priorCTReports).toEqual([]);
});

test("nothing is proposed under a view that is somebody else's, of another case, or has ended", async () => {
  const view = await openedFor(writer, found);
  await expect(proposeDraft(other.actor, reportId, view)).rejects.toMatchObject({ code: "not-found" });
  const elsewhere = await world.case();
  await world.admin`update triage.flags set category = 'child_safety' where case_id = ${elsewhere.id}`;
  await startReport(writer.actor, elsewhere.id, { kind: "report" });
  const foreign = await openedFor(writer, elsewhere);
  await expect(proposeDraft(writer.actor, reportId, foreign)).rejects.toMatchObject({
    code: "view-does-not-fit",
  });
  await closeView(writer.actor, view);
  await expect(proposeDraft(writer.actor, reportId, view)).rejects.toMatchObject({ code: "view-ended" });
  const denied = (await world.events("cybertip.draft_proposed")).filter((e) => e.outcome === "denied");
  expect(denied).toHaveLength(3);
});
