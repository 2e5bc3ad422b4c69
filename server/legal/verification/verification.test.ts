import { afterAll, beforeAll, expect, test } from "vitest";
import type { CheckRequest } from "../../../contracts/legal/verification.ts";
import { makeWorld, type Person, type World } from "../../test/world.ts";
import { changeAgency } from "../agencies/changeAgency.ts";
import { confirmNumber } from "../agencies/confirmNumber.ts";
import { enterNumber } from "../agencies/enterNumber.ts";
import { listAgencies } from "../agencies/listAgencies.ts";
import { retireNumber } from "../agencies/retireNumber.ts";
import { answerException } from "../requests/answerException.ts";
import { approveRequest } from "../requests/approveRequest.ts";
import { askException } from "../requests/askException.ts";
import { changeFacts } from "../requests/changeFacts.ts";
import { readRequest } from "../requests/readRequest.ts";
import { recordNoRecords } from "../requests/recordNoRecords.ts";
import { reviewRequest } from "../requests/reviewRequest.ts";
import { withdrawRequest } from "../requests/withdrawRequest.ts";
import { directoryEntry, register } from "../test/register.ts";
import { readVerification } from "./readVerification.ts";
import { recordCheck } from "./recordCheck.ts";

let world: World;
let first: Person;
let second: Person;
let third: Person;
let agencyId: string;
let numberId: string;
const refused = (code: string) => expect.objectContaining({ code });
const why = "What was found, in a sentence that says so.";
const now = () => new Date().toISOString();

beforeAll(async () => {
  world = await makeWorld();
  [first, second, third] = await Promise.all([
    world.person(["legal_counsel"]),
    world.person(["legal_counsel"]),
    world.person(["legal_counsel"]),
  ]);
  await world.case({ accounts: ["p-0", "p-1"] });
  ({ agencyId, numberId } = await directoryEntry(first, second));
  // The directory had it long before any letter came.
  await world.admin`update legal.agencies set entered_at = now() - interval '9 days'`;
  await world.admin`update legal.agency_numbers set entered_at = now() - interval '9 days', confirmed_at = now() - interval '8 days'`;
});
afterAll(() => world.end());

const called = (told: Partial<Extract<CheckRequest, { kind: "call_back" }>> = {}): CheckRequest => ({
  kind: "call_back",
  outcome: "passed",
  numberId,
  spokeWith: "The duty desk",
  calledAt: now(),
  note: why,
  ...told,
});
const looked: CheckRequest = { kind: "second_person", outcome: "passed", note: why };

let registered = 0;
/** An emergency in review, handled by `first`. */
async function emergency(told: Parameters<typeof register>[2] = {}) {
  // Of its own range each, so that none repeats another.
  registered += 1;
  const rangeTo = new Date(2e12 + 1000 * registered).toISOString();
  const { requestId } = await register(world, first, { agencyId, rangeTo, ...told });
  await reviewRequest(first.actor, requestId, {});
  return requestId;
}

async function approve(by: Person, requestId: string) {
  const { scopeVersion, digest } = await readRequest(by.actor, requestId);
  return approveRequest(by.actor, requestId, { scopeVersion, digest });
}

test("a genuine mailbox that was taken over gets no emergency disclosure by itself", async () => {
  const requestId = await emergency();
  await recordCheck(first.actor, requestId, { kind: "domain", outcome: "passed", note: why });
  await recordCheck(second.actor, requestId, looked);
  const { missing, risk, domain } = await readVerification(first.actor, requestId);
  expect(domain.findings).toEqual(["in_directory"]);
  expect(missing).toEqual(["call_back", "second_person"]);
  expect(risk.level).toBe("high");
  expect(risk.reasons.map((one) => one.reason)).toContain("genuine_mailbox_alone");
  for (const person of [first, second, third])
    await expect(approve(person, requestId)).rejects.toThrow(refused("verify-call-back"));
  await expect(
    world.admin`update legal.requests set state = 'approved', allowed = categories, approved_by = ${first.id}, approved_at = now(),
      approved_version = scope_version where id = ${requestId}`,
  ).rejects.toThrow("another_approves");
  await expect(recordNoRecords(first.actor, requestId, {})).rejects.toThrow(refused("records-found"));
});

test("a call back by one and a look by another let a third, or the second, approve, and never who handled it", async () => {
  const requestId = await emergency();
  await recordCheck(first.actor, requestId, called());
  await expect(recordCheck(first.actor, requestId, looked)).rejects.toThrow(refused("second-person-needed"));
  expect((await readVerification(first.actor, requestId)).refusal).toBe("verify-second-person");
  await expect(approve(second, requestId)).rejects.toThrow(refused("verify-second-person"));
  expect(await recordCheck(second.actor, requestId, looked)).toMatchObject({ missing: [], refusal: null });
  expect((await readVerification(first.actor, requestId)).risk.level).toBe("low");
  await expect(approve(first, requestId)).rejects.toThrow(refused("second-counsel-needed"));
  // Taking it over does not wash the first one's hands.
  await reviewRequest(third.actor, requestId, {});
  await expect(approve(first, requestId)).rejects.toThrow(refused("second-counsel-needed"));
  await expect(approve(third, requestId)).rejects.toThrow(refused("second-counsel-needed"));
  expect(await approve(second, requestId)).toMatchObject({ state: "approved" });
  const { allowed, approvals, history } = await readRequest(first.actor, requestId);
  expect(allowed).toEqual(["subscriber", "content"]);
  expect(approvals).toEqual([
    expect.objectContaining({ holds: true, categories: ["subscriber", "content"] }),
  ]);
  expect(history[0]).toMatchObject({ what: "approved", from: "in_review", to: "approved" });
});

test("a second person backs the call that was made, and none that comes after", async () => {
  const requestId = await emergency();
  await recordCheck(second.actor, requestId, looked);
  expect(await recordCheck(first.actor, requestId, called())).toMatchObject({ missing: ["second_person"] });
  await expect(approve(second, requestId)).rejects.toThrow(refused("verify-second-person"));
  expect(await recordCheck(third.actor, requestId, looked)).toMatchObject({ missing: [], refusal: null });
});

test("the number in the letter is not called back, however it came into the directory afterwards", async () => {
  const requestId = await emergency({ officerPhone: "(202) 555-0177" });
  const late = await enterNumber(first.actor, agencyId, {
    number: "+1 202 555 0177",
    label: "Mobile",
    source: why,
  });
  await expect(recordCheck(first.actor, requestId, called({ numberId: late.numberId }))).rejects.toThrow(
    refused("number-not-confirmed"),
  );
  await expect(confirmNumber(first.actor, late.numberId, { source: why })).rejects.toThrow(
    refused("own-number"),
  );
  await expect(
    world.admin`update legal.agency_numbers set confirmed_by = entered_by, confirmed_at = now(), confirm_source = 'mine' where id = ${late.numberId}`,
  ).rejects.toThrow("another_confirms_number");
  await confirmNumber(second.actor, late.numberId, { source: why });
  await expect(recordCheck(first.actor, requestId, called({ numberId: late.numberId }))).rejects.toThrow(
    refused("number-from-request"),
  );
  const { numbers, risk } = await readVerification(first.actor, requestId);
  expect(numbers.find((one) => one.id === late.numberId)).toMatchObject({
    usable: false,
    why: "number-from-request",
  });
  expect(risk.reasons.map((one) => one.reason)).toContain("number_from_request");
  expect((await readVerification(first.actor, requestId)).missing).toContain("call_back");
});

test.each([
  ["+1 202 555 0123 ext. 4", true],
  ["0199 / (202) 5550123", true],
  ["＋１ ２０２ ５５５ ０１２３", true],
  ["+١ ٢٠٢ ٥٥٥ ٠١٢٣", true],
  ["5550123", true],
  ["+1 202 555 0124", false],
  ["", false],
])("a letter that writes the number as %s names it: %s", async (written, same) => {
  const [row] = await world.admin`select legal.same_telephone(${written}, '+12025550123') as same`;
  expect(row?.same).toBe(same);
});

test("content that an exception opens needs a call back as well", async () => {
  const { requestId } = await register(world, first, {
    agencyId,
    type: "warrant",
    issuer: "prosecutor",
    emergency: false,
    channel: "post",
    categories: ["content"],
  });
  expect((await readVerification(first.actor, requestId)).needs).toEqual(["agency", "document", "sender"]);
  const { exceptionId } = await askException(first.actor, requestId, { category: "content", reason: why });
  await answerException(second.actor, requestId, { exceptionId, answer: "granted", reason: why });
  expect((await readVerification(first.actor, requestId)).needs).toEqual(["agency", "document", "call_back"]);
});

test("a number counts only while it is the authority's, confirmed before the call, and in use", async () => {
  const requestId = await emergency();
  const other = await directoryEntry(first, second, "other.example");
  const bad = (told: Parameters<typeof called>[0], code: string) =>
    expect(recordCheck(first.actor, requestId, called(told)), code).rejects.toThrow(refused(code));
  await bad({ numberId: other.numberId }, "number-of-another-agency");
  await bad({ calledAt: new Date(Date.now() + 60_000).toISOString() }, "called-in-future");
  await bad({ calledAt: "2020-01-01T00:00:00Z" }, "called-before-received");
  await bad({ spokeWith: undefined }, "spoke-with-nobody");
  await bad({ note: "..........." }, "note-without-substance");
  const { numberId: spare } = await enterNumber(first.actor, agencyId, {
    number: "+12025550188",
    label: "Desk 2",
    source: why,
  });
  await bad({ numberId: spare }, "number-not-confirmed");
  await confirmNumber(second.actor, spare, { source: why });
  await bad(
    { numberId: spare, calledAt: new Date(Date.now() - 30_000).toISOString() },
    "number-not-confirmed",
  );
  await recordCheck(first.actor, requestId, called({ numberId: spare }));
  await recordCheck(second.actor, requestId, looked);
  await retireNumber(second.actor, spare, { reason: why });
  await expect(approve(second, requestId)).rejects.toThrow(refused("verify-call-back"));
  await bad({ numberId: spare }, "number-retired");
  expect((await listAgencies(first.actor, { q: "HARBOUR" })).agencies.length).toBeGreaterThan(1);
});

test("a call back that failed is not made good by another that passed", async () => {
  const requestId = await emergency();
  await recordCheck(first.actor, requestId, called({ outcome: "failed" }));
  await recordCheck(second.actor, requestId, called());
  await recordCheck(third.actor, requestId, looked);
  for (const person of [second, third])
    await expect(approve(person, requestId)).rejects.toThrow(refused("call-back-failed"));
  expect((await readVerification(first.actor, requestId)).risk.level).toBe("do_not_disclose");
});

test("a look-alike domain does not pass, and is told whom it passes for", async () => {
  const requestId = await emergency({ officerEmail: "officer@harbourpolice-legal.example" });
  await expect(
    recordCheck(first.actor, requestId, { kind: "domain", outcome: "passed", note: why }),
  ).rejects.toThrow(refused("domain-not-in-directory"));
  const { domain, risk } = await readVerification(first.actor, requestId);
  expect(domain).toMatchObject({
    resembles: "harbourpolice.example",
    findings: ["not_in_directory", "added_words"],
  });
  expect(risk.level).toBe("do_not_disclose");
  const cyrillic = await emergency({ officerEmail: "officer@hаrbourpolice.example" });
  await expect(
    recordCheck(first.actor, cyrillic, { kind: "domain", outcome: "passed", note: why }),
  ).rejects.toThrow(refused("domain-not-in-directory"));
});

test("a check of the sender's domain counts while the directory has it", async () => {
  const own = await directoryEntry(first, second, "inletpolice.example");
  const { requestId } = await register(world, first, {
    type: "subpoena",
    emergency: false,
    categories: ["subscriber"],
    agencyId: own.agencyId,
    officerEmail: "clerk@inletpolice.example",
  });
  await recordCheck(first.actor, requestId, { kind: "domain", outcome: "passed", note: why });
  expect((await readVerification(first.actor, requestId)).missing).toEqual(["document"]);
  await changeAgency(second.actor, own.agencyId, { domains: ["inletpolice-new.example"], source: why });
  const { missing, checks } = await readVerification(first.actor, requestId);
  expect(missing).toEqual(["document", "sender"]);
  expect(checks.map((one) => one.counts)).toEqual([false]);
});

test("checks of one requester do not count for another, and an approval falls with them", async () => {
  const requestId = await emergency();
  await recordCheck(first.actor, requestId, called());
  await recordCheck(second.actor, requestId, looked);
  await approve(second, requestId);
  await changeFacts(first.actor, requestId, {
    officerEmail: "somebody.else@harbourpolice.example",
    scopeVersion: 1,
    reason: why,
  });
  expect(await readRequest(first.actor, requestId)).toMatchObject({
    state: "in_review",
    requesterVersion: 2,
    approvedBy: null,
  });
  await expect(approve(second, requestId)).rejects.toThrow(refused("verify-call-back"));
  const [refusal] =
    await world.admin`select legal.disclosure_refusal(r, 'content') as code from legal.requests r where id = ${requestId}`;
  expect(refusal?.code).toBe("request-not-approved");
});

test("a warrant needs its order looked at and a call back, and a portal stands for one only where it came by one", async () => {
  const { requestId } = await register(world, first, {
    agencyId,
    type: "warrant",
    issuer: "judge",
    emergency: false,
    channel: "email",
  });
  expect((await readVerification(first.actor, requestId)).needs).toEqual(["agency", "document", "call_back"]);
  await expect(
    recordCheck(first.actor, requestId, { kind: "portal", outcome: "passed", note: why }),
  ).rejects.toThrow(refused("not-by-portal"));
  await expect(
    recordCheck(first.actor, requestId, { kind: "document", outcome: "passed", documentN: 1, note: why }),
  ).rejects.toThrow(refused("document-not-known"));
});

test("of two approvals at once one stands, and against a withdrawal at once nothing stands approved in the end", async () => {
  const ready = async () => {
    const requestId = await emergency();
    await recordCheck(first.actor, requestId, called());
    await recordCheck(second.actor, requestId, looked);
    return requestId;
  };
  const one = await ready();
  const both = await Promise.allSettled([approve(second, one), approve(third, one)]);
  expect(both.map((answer) => answer.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((answer) => answer.status === "rejected")).toMatchObject({
    reason: { code: "request-not-in-review" },
  });
  const [count] = await world.admin`select count(*)::int as n from legal.approvals where request_id = ${one}`;
  expect(count?.n).toBe(1);

  const other = await ready();
  await Promise.allSettled([approve(second, other), withdrawRequest(first.actor, other, { reason: why })]);
  const after = await readRequest(first.actor, other);
  expect(after).toMatchObject({ state: "withdrawn", approvedBy: null });
});

test("a counsel who was demoted approves nothing, and no approval is written past the functions", async () => {
  const requestId = await emergency();
  await recordCheck(first.actor, requestId, called());
  await recordCheck(second.actor, requestId, looked);
  const fourth = await world.person(["legal_counsel"]);
  const { scopeVersion, digest } = await readRequest(fourth.actor, requestId);
  await world.admin`update staff.members set roles = '{auditor}' where id = ${fourth.id}`;
  await expect(approveRequest(fourth.actor, requestId, { scopeVersion, digest })).rejects.toThrow(
    refused("wrong-role"),
  );
  await expect(
    world.admin`insert into legal.approvals (request_id, scope_version, requester_version, digest, categories, emergency, handled_by,
      scoped_by, registered_by, staff_id, session_id, event_id)
      select id, 1, 1, digest, '{subscriber}', true, handled_by, scoped_by, registered_by, ${first.id}, ${first.sessionId}, id
        from legal.requests where id = ${requestId}`,
  ).rejects.toThrow("does not approve it");
});
