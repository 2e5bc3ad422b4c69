import { afterAll, beforeAll, expect, test } from "vitest";
import { exceptionPossible, mostOf } from "../../../domain/legal/matrix.ts";
import { EU_STATES, mayIssue } from "../../../domain/legal/requestTypes.ts";
import { clockRuns, NEXT_STATES } from "../../../domain/legal/states.ts";
import {
  DATA_CATEGORIES,
  ISSUERS,
  REQUEST_OUTCOMES,
  REQUEST_STATES,
  REQUEST_TYPES,
} from "../../../domain/legal/vocabulary.ts";
import { makeWorld, type Person, type World } from "../../test/world.ts";
import { makeHold } from "../holds/makeHold.ts";
import { configureLegal, showLegalSettings } from "../operator.ts";
import { register } from "../test/register.ts";
import { acknowledgeRequest } from "./acknowledgeRequest.ts";
import { answerException } from "./answerException.ts";
import { approveRequest } from "./approveRequest.ts";
import { askException } from "./askException.ts";
import { changeAccounts } from "./changeAccounts.ts";
import { changeFacts } from "./changeFacts.ts";
import { closeRequest } from "./closeRequest.ts";
import { figuresCsv } from "./figuresCsv.ts";
import { listRequests } from "./listRequests.ts";
import { readDeadlines } from "./readDeadlines.ts";
import { readFigures } from "./readFigures.ts";
import { readRequest } from "./readRequest.ts";
import { readScope } from "./readScope.ts";
import { recordNoRecords } from "./recordNoRecords.ts";
import { rejectRequest } from "./rejectRequest.ts";
import { reviewRequest } from "./reviewRequest.ts";
import { withdrawRequest } from "./withdrawRequest.ts";

let world: World;
let first: Person;
let second: Person;
let officer: Person;
const refused = (code: string) => expect.objectContaining({ code });
const why = "Because the letter says so, in clear words.";

beforeAll(async () => {
  world = await makeWorld();
  [first, second, officer] = await Promise.all([
    world.person(["legal_counsel"]),
    world.person(["legal_counsel"]),
    world.person(["compliance_officer"]),
  ]);
  await world.case({ accounts: ["p-0", "p-1"], files: [3] });
  await world.case({ accounts: ["p-0", "p-9"], region: "us" });
});
afterAll(() => world.end());

/** Nothing has to be verified for what the law calls nothing; the rest of the way is the same. */
const dsa = () =>
  register(world, first, {
    type: "dsa_art_9",
    jurisdiction: "DE",
    issuer: "agency",
    emergency: false,
    categories: ["subscriber"],
    localZone: "Europe/Berlin",
  });

test("the database and the domain agree on every type, place, issuer and category, and on every state", async () => {
  const combinations = REQUEST_TYPES.flatMap((type) =>
    ["US", "GB", "AU", "BR", ...EU_STATES].flatMap((place) =>
      ISSUERS.map((issuer) => ({
        type,
        place,
        issuer,
        may: mayIssue(type, place, issuer),
        most: mostOf(type, place, issuer),
      })),
    ),
  );
  const rows = await world.admin<{ wrong: string }[]>`
    select x ->> 'type' || '/' || (x ->> 'place') || '/' || (x ->> 'issuer') as wrong
      from jsonb_array_elements(${world.admin.json(combinations)}) x
     where legal.most_of(x ->> 'type', x ->> 'place', x ->> 'issuer') is distinct from x ->> 'most'
        or legal.may_issue(x ->> 'type', x ->> 'place', x ->> 'issuer') is distinct from (x ->> 'may')::boolean`;
  expect(rows).toEqual([]);
  for (const type of REQUEST_TYPES)
    for (const category of DATA_CATEGORIES) {
      const [row] = await world.admin`select legal.exception_possible(${type}, ${category}) as possible`;
      expect(row?.possible, `${type} ${category}`).toBe(exceptionPossible(type, category));
    }
  for (const state of REQUEST_STATES) {
    const [row] = await world.admin`select legal.next_states(${state}) as next`;
    expect([...(row?.next ?? [])].sort(), state).toEqual([...NEXT_STATES[state]].sort());
    for (const type of REQUEST_TYPES) {
      const [clock] = await world.admin`select legal.clock_runs(${type}, ${state}) as runs`;
      expect(clock?.runs, `${type} ${state}`).toBe(clockRuns(type, state));
    }
  }
  const [constraints] = await world.admin`
    select string_agg(pg_get_constraintdef(oid), ' ') as text from pg_constraint where conrelid = 'legal.requests'::regclass`;
  for (const word of [...REQUEST_TYPES, ...REQUEST_STATES, ...REQUEST_OUTCOMES, ...ISSUERS])
    expect(constraints?.text, word).toContain(`'${word}'`);
});

test("moderators, leads, specialists, administrators and auditors find no register, and officers change nothing in it", async () => {
  const { requestId } = await dsa();
  for (const role of ["moderator", "lead", "specialist", "administrator", "auditor"] as const) {
    const { actor } = await world.person([role]);
    await expect(listRequests(actor, { limit: 10 }), role).rejects.toThrow(refused("wrong-role"));
    await expect(readRequest(actor, requestId), role).rejects.toThrow(refused("wrong-role"));
    await expect(register(world, { ...first, actor }), role).rejects.toThrow(refused("wrong-role"));
    await expect(readScope(actor, requestId), role).rejects.toThrow(refused("wrong-role"));
    await expect(readFigures(actor, { format: "json" }), role).rejects.toThrow(refused("wrong-role"));
  }
  expect((await readRequest(officer.actor, requestId)).rights).not.toContain(true);
  for (const act of [
    () => acknowledgeRequest(officer.actor, requestId, {}),
    () => reviewRequest(officer.actor, requestId, {}),
    () => withdrawRequest(officer.actor, requestId, { reason: why }),
    () => register(world, officer),
  ])
    await expect(act()).rejects.toThrow(refused("wrong-role"));
  const denied = await world.events("legal.acknowledged");
  expect(denied[0]).toMatchObject({ outcome: "denied", actor_id: officer.id });
});

test("a range that ends before it begins, a future receipt, a strange zone and a silent gag are refused in words", async () => {
  const bad = (told: Parameters<typeof register>[2], code: string) =>
    expect(register(world, first, told), code).rejects.toThrow(refused(code));
  await bad({ rangeFrom: "2026-05-02T00:00:00Z", rangeTo: "2026-05-01T00:00:00Z" }, "range-ends-first");
  await bad({ rangeFrom: "2026-05-01T00:00:00Z", rangeTo: "2026-05-01T00:00:00Z" }, "range-ends-first");
  await bad({ receivedAt: new Date(Date.now() + 3_600_000).toISOString() }, "received-in-future");
  await bad({ localZone: "Mars/Olympus" }, "bad-field");
  await bad({ type: "epoc", jurisdiction: "DE", issuer: "judge", noticePolicy: "after" }, "notice-not-ours");
  await bad({ childSafety: true, noticePolicy: "before" }, "notice-never-here");
  await bad({ agencyId: first.id }, "agency-not-known");
  await bad({ accounts: [{ platformId: first.id, accountId: "p-0" }] }, "platform-not-known");
  const [left] = await world.admin`select count(*)::int as n from legal.requests where received_at > now()`;
  expect(left?.n).toBe(0);
});

test("nobody registers or reads what names an account of their own", async () => {
  const self = await world.person(["legal_counsel"]);
  await world.admin`insert into staff.platform_accounts (staff_id, platform_id, account_id) values (${self.id}, ${world.platformId}, 'own-account')`;
  const accounts = [{ platformId: world.platformId, accountId: "own-account" }];
  await expect(register(world, self, { accounts })).rejects.toThrow(refused("own-account-named"));
  const { requestId } = await register(world, first, { accounts });
  await expect(readRequest(self.actor, requestId)).rejects.toThrow(refused("not-found"));
  expect((await listRequests(self.actor, { limit: 100 })).requests.map((one) => one.id)).not.toContain(
    requestId,
  );
});

test("an account that does not exist is kept, told apart and counted as nothing; scripts and emoji stay as they are", async () => {
  const accounts = ["ghost-1", "مستخدم‎", "😀", "p-0"].map((accountId) => ({
    platformId: world.platformId,
    accountId,
  }));
  const { requestId, notices } = await register(world, first, {
    accounts: [...accounts, accounts[0] as never],
  });
  expect(notices).toContain("account_not_known");
  const { accountList } = await readRequest(first.actor, requestId);
  expect(accountList.map(({ accountId, known }) => [accountId, known])).toEqual([
    ["ghost-1", false],
    ["مستخدم‎", false],
    ["😀", false],
    ["p-0", true],
  ]);
  const scope = await readScope(first.actor, requestId);
  expect(scope.accounts[0]?.inRange).toEqual({ threads: 0, messages: 0, attachments: 0 });
});

test("a scope is counted without content, what lies elsewhere apart, and overbreadth is called out with its count", async () => {
  const { requestId } = await register(world, first, { rangeFrom: null, rangeTo: null });
  const scope = await readScope(first.actor, requestId);
  expect(scope.total).toEqual({ threads: 1, messages: 20, attachments: 1 });
  expect(scope.outOfRegions).toEqual({ threads: 1, messages: 20, attachments: 0 });
  expect(scope.thirdParties).toBe(2);
  expect(scope.accounts[0]?.byCategory).toEqual([
    { category: "subscriber", allowed: true, records: 1 },
    { category: "content", allowed: true, records: 20 },
  ]);
  expect(scope.warnings).toEqual([expect.objectContaining({ warning: "no_dates" })]);
  expect(scope.warnings[0]?.words).toContain("40 messages");
  expect(JSON.stringify(scope)).not.toContain("Placeholder");
  const abroad = await world.person(["legal_counsel"], { regions: ["apac"] });
  await expect(readScope(abroad.actor, requestId)).rejects.toThrow(refused("not-found"));
});

test("a duplicate is found, and of an altered repeat it is said what differs", async () => {
  const told = {
    reference: "26-CR-00017",
    rangeTo: "2039-01-01T00:00:00Z",
    receivedAt: new Date(Date.now() - 120_000).toISOString(),
  };
  const one = await register(world, first, told);
  const same = await register(world, second, { ...told, reference: "26-cr-00017" });
  const other = await register(world, second, {
    ...told,
    accounts: [{ platformId: world.platformId, accountId: "p-1" }],
  });
  expect(same.notices).toContain("duplicate");
  expect(other.notices).toContain("altered_repeat");
  const { repeats, duplicateOf } = await readRequest(first.actor, same.requestId);
  expect(duplicateOf?.id).toBe(one.requestId);
  expect(repeats.map(({ id, exact, differs }) => ({ id, exact, differs }))).toEqual([
    { id: one.requestId, exact: true, differs: [] },
    { id: other.requestId, exact: false, differs: ["accounts"] },
  ]);
});

test("of two that register the same at once, one is the other's duplicate", async () => {
  const told = { reference: "26-CR-00018" };
  const both = await Promise.all([register(world, first, told), register(world, second, told)]);
  const marks = await Promise.all(
    both.map(async ({ requestId }) => (await readRequest(first.actor, requestId)).duplicateOf),
  );
  expect(marks.filter((mark) => mark === null)).toHaveLength(1);
});

test("a civil subpoena gets no content by any agreement, and what exceeds a type needs a second counsel's reason", async () => {
  const us = { jurisdiction: "US", emergency: false, channel: "post" } as const;
  const civil = await register(world, first, { ...us, type: "civil_subpoena", issuer: "party" });
  await expect(
    askException(first.actor, civil.requestId, { category: "content", reason: why }),
  ).rejects.toThrow(refused("exception-not-possible"));
  await expect(
    world.admin`update legal.requests set allowed = '{content}' where id = ${civil.requestId}`,
  ).rejects.toThrow(/no_content_for_a_civil_subpoena|content_by_its_own_process/);

  const { requestId } = await register(world, first, {
    ...us,
    type: "subpoena",
    categories: ["subscriber", "traffic"],
  });
  const ask = { category: "traffic", reason: why } as const;
  await expect(askException(first.actor, requestId, { category: "content", reason: why })).rejects.toThrow(
    refused("category-not-asked"),
  );
  const { exceptionId } = await askException(first.actor, requestId, ask);
  const answer = { exceptionId, answer: "granted", reason: why } as const;
  await expect(answerException(first.actor, requestId, answer)).rejects.toThrow(refused("own-exception"));
  await expect(answerException(officer.actor, requestId, answer)).rejects.toThrow(refused("wrong-role"));
  await expect(
    world.admin`update legal.exceptions set state = 'granted', answered_by = asked_by, answered_at = now(), answer = 'mine' where id = ${exceptionId}`,
  ).rejects.toThrow("another_answers");
  await answerException(second.actor, requestId, answer);
  expect((await readRequest(first.actor, requestId)).allowed).toEqual(["subscriber", "traffic"]);
  // What was granted was granted for what was asked then.
  await changeAccounts(first.actor, requestId, {
    add: [{ platformId: world.platformId, accountId: "p-1" }],
    drop: [],
    scopeVersion: 1,
    reason: why,
  });
  const after = await readRequest(first.actor, requestId);
  expect([after.allowed, after.exceptions[0]?.state]).toEqual([["subscriber"], "lapsed"]);
  await askException(first.actor, requestId, ask);
});

test("an order to act is acknowledged once, reviewed, and closed as acted on, with nothing given", async () => {
  const { requestId, dueRule } = await dsa();
  expect(dueRule).toBe("dsa_3_business_days");
  await acknowledgeRequest(second.actor, requestId, {});
  await expect(acknowledgeRequest(first.actor, requestId, {})).rejects.toThrow(
    refused("acknowledged-already"),
  );
  await expect(closeRequest(first.actor, requestId, {})).rejects.toThrow(refused("request-not-answered"));
  await reviewRequest(first.actor, requestId, {});
  const { digest, scopeVersion } = await readRequest(second.actor, requestId);
  await expect(approveRequest(second.actor, requestId, { digest, scopeVersion })).rejects.toThrow(
    refused("nothing-may-be-given"),
  );
  expect(await closeRequest(first.actor, requestId, {})).toMatchObject({ state: "closed" });
  await expect(reviewRequest(first.actor, requestId, {})).rejects.toThrow(refused("request-not-open"));
  await expect(
    world.admin`update legal.requests set state = 'approved' where id = ${requestId}`,
  ).rejects.toThrow("does not go from closed");
});

test("that there are no records is said only when there are none", async () => {
  const told: Parameters<typeof register>[2] = {
    type: "preservation_2703f",
    emergency: false,
    categories: ["content"],
  };
  const some = await register(world, first, told);
  await expect(recordNoRecords(first.actor, some.requestId, {})).rejects.toThrow(refused("records-found"));
  const none = await register(world, first, {
    ...told,
    rangeFrom: "2001-01-01T00:00:00Z",
    rangeTo: "2001-02-01T00:00:00Z",
  });
  expect((await recordNoRecords(first.actor, none.requestId, {})).state).toBe("no_records");
  await closeRequest(first.actor, none.requestId, {});
  expect((await readRequest(officer.actor, none.requestId)).outcome).toBe("no_records");
});

test("an EPOC is refused by the grounds of Annex III and no others", async () => {
  const { requestId, dueAt } = await register(world, first, {
    type: "epoc",
    jurisdiction: "DE",
    issuer: "judge",
    emergency: false,
    noticePolicy: "not_applicable",
    receivedAt: "2026-10-01T08:00:00Z",
  });
  expect(dueAt).toBe("2026-10-11T08:00:00.000Z");
  await expect(rejectRequest(first.actor, requestId, { ground: "overbroad", reason: why })).rejects.toThrow(
    refused("ground-not-here"),
  );
  await rejectRequest(first.actor, requestId, { ground: "epoc_impossible", reason: why });
  expect(await readRequest(first.actor, requestId)).toMatchObject({
    state: "rejected",
    endedGround: "epoc_impossible",
  });
});

test("a holiday of the place puts a goal off, a setting out of range is refused, and both are on record", async () => {
  const friday = {
    type: "dsa_art_10",
    jurisdiction: "DE",
    issuer: "court",
    emergency: false,
    categories: ["subscriber"],
  };
  const told = { ...friday, receivedAt: "2026-10-01T08:00:00Z", localZone: "Europe/Berlin" } as Parameters<
    typeof register
  >[2];
  expect((await register(world, first, told)).dueAt).toBe("2026-10-06T15:00:00.000Z");
  await configureLegal(world.admin, { holidays: ["2026-10-05"], checkDays: 20 });
  expect((await register(world, first, told)).dueAt).toBe("2026-10-07T15:00:00.000Z");
  await expect(configureLegal(world.admin, { checkDays: 4000 })).rejects.toThrow("out of range");
  await expect(configureLegal(world.admin, { holidays: ["2026-13-01"] })).rejects.toThrow("out of range");
  expect(await showLegalSettings(world.admin)).toMatchObject({ holidays: ["2026-10-05"], checkDays: 20 });
  expect((await world.events("legal.settings_changed"))[0]).toMatchObject({
    actor_kind: "operator",
    detail: { what: ["checkDays", "holidays"] },
  });
  await configureLegal(world.admin, { organisation: "Example Platform Ltd", batesPrefix: "EXP" });
  await configureLegal(world.admin, { address: "1 Example Street" });
  await configureLegal(world.admin, { address: "" });
  expect(await showLegalSettings(world.admin)).toMatchObject({
    organisation: "Example Platform Ltd",
    address: null,
    batesPrefix: "EXP",
  });
  await expect(configureLegal(world.admin, { batesPrefix: "no=formula" })).rejects.toThrow("out of range");
});

test("no single counsel unmarks a matter of child safety to have its account told", async () => {
  const { requestId } = await register(world, first, { childSafety: true, noticePolicy: "barred" });
  const unmarked = { scopeVersion: 1, childSafety: false, noticePolicy: "after" as const, reason: why };
  await expect(changeFacts(second.actor, requestId, unmarked)).rejects.toThrow(refused("child-safety-stays"));
  expect((await readRequest(second.actor, requestId)).childSafety).toBe(true);
});

test("of two that change a request at once, the second is told to read it again", async () => {
  const { requestId } = await register(world, first);
  const change = { scopeVersion: 1, reason: why };
  const answers = await Promise.allSettled([
    changeFacts(first.actor, requestId, { ...change, rangeTo: "2030-01-01T00:00:00Z" }),
    changeFacts(second.actor, requestId, { ...change, rangeTo: "2031-01-01T00:00:00Z" }),
  ]);
  expect(answers.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(answers.find((one) => one.status === "rejected")).toMatchObject({
    reason: { code: "request-changed" },
  });
  expect((await readRequest(first.actor, requestId)).scopeVersion).toBe(2);
});

test("a request to preserve is late no more once it was preserved", async () => {
  const { requestId } = await register(world, first, {
    type: "preservation_2703f",
    emergency: false,
    receivedAt: "2026-10-02T08:00:00Z",
  });
  const late = async () => {
    const { requests, counts } = await listRequests(first.actor, { limit: 100, overdue: "true" });
    const board = (await readDeadlines(officer.actor)).groups.flatMap((one) => one.requests);
    const { overdue, notices } = await readRequest(officer.actor, requestId);
    return {
      listed: requests.some((one) => one.id === requestId),
      board: board.some((one) => one.id === requestId),
      overdue,
      passed: notices.some((one) => one.notice === "due_passed"),
      count: counts.overdue,
    };
  };
  const before = await late();
  expect(before).toMatchObject({ listed: true, board: true, overdue: true, passed: true });
  await makeHold(first.actor, requestId, { kind: "2703f", reason: why });
  expect(await late()).toEqual({
    listed: false,
    board: false,
    overdue: false,
    passed: false,
    count: before.count - 1,
  });
});

test("what is late stands first on the board, and figures count each request once", async () => {
  await register(world, first, {
    type: "tco_removal",
    jurisdiction: "FR",
    issuer: "agency",
    emergency: false,
    receivedAt: "2026-10-02T08:00:00Z",
  });
  const board = await readDeadlines(officer.actor);
  expect(board.groups.map((one) => one.group)[0]).toBe("overdue");
  expect(board.groups[0]?.requests[0]?.dueRule).toBe("tco_1_hour");
  const figures = await readFigures(officer.actor, { format: "json" });
  const [counted] =
    await world.admin`select count(*)::int as n from legal.requests where duplicate_of is null`;
  expect(figures.total.received).toBe(counted?.n);
  expect(figures.lines.reduce((sum, line) => sum + line.received, 0)).toBe(counted?.n);
  expect(figures.dsa.article9).toBeGreaterThan(1);
  expect(figures.dsa.medianHoursToGiveEffect).not.toBeNull();
  expect(figures.rejectedBy).toEqual([{ ground: "epoc_impossible", requests: 1 }]);
  const csv = figuresCsv(figures).split("\r\n");
  expect(csv[0]).toMatch(/^type,jurisdiction,received/);
  expect(csv).toHaveLength(figures.lines.length + 2);
});

test("pages are cut by key, and a number or the beginning of a reference finds a request", async () => {
  const { requestId, shownNumber } = await register(world, first, { reference: "FIND-ME/0001" });
  const page = await listRequests(first.actor, { limit: 2 });
  const next = await listRequests(first.actor, { limit: 2, cursor: page.nextCursor as string });
  expect(new Set([...page.requests, ...next.requests].map((one) => one.id)).size).toBe(4);
  for (const q of ["find-me", shownNumber, shownNumber.toLowerCase()])
    expect((await listRequests(first.actor, { limit: 5, q })).requests.map((one) => one.id)).toContain(
      requestId,
    );
  expect((await listRequests(first.actor, { limit: 5, q: "%" })).requests).toEqual([]);
});

test("what people wrote about a request stands in no event", async () => {
  const canary = "canary-officer-name";
  await register(world, first, {
    officerName: canary,
    nature: canary,
    agencyName: canary,
    reference: canary,
  });
  const [row] =
    await world.admin`select count(*)::int as n from audit.events e where to_jsonb(e)::text like ${`%${canary}%`}`;
  expect(row?.n).toBe(0);
});
