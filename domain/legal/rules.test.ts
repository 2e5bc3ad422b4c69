import { expect, test } from "vitest";
import { breadthOf } from "./breadth.ts";
import { dueOf, urgencyOf } from "./clocks.ts";
import { businessDaysAfter, easter, isBusinessDay } from "./holidays.ts";
import { allowedOf, exceptionPossible, mostOf } from "./matrix.ts";
import { noticesOf } from "./notices.ts";
import { differences } from "./repeats.ts";
import { TYPE_RULES } from "./requestTypes.ts";
import { type RiskFacts, riskOf } from "./risk.ts";
import { NEXT_STATES } from "./states.ts";
import { DATA_CATEGORIES, ISSUERS, REQUEST_STATES, REQUEST_TYPES } from "./vocabulary.ts";
import { instantIn, isoDay, isZone } from "./zones.ts";

test("content comes only by a warrant, an order of a judge, an emergency or consent", () => {
  const byContent = REQUEST_TYPES.flatMap((type) =>
    ISSUERS.flatMap((issuer) =>
      ["US", "DE", "GB", "FR"].flatMap((place) =>
        mostOf(type, place, issuer) === "content" ? [`${type}/${place}/${issuer}`] : [],
      ),
    ),
  );
  expect(new Set(byContent.map((one) => one.split("/")[0]))).toEqual(
    new Set(["warrant", "emergency_disclosure", "consent", "epoc", "cloud_order"]),
  );
  expect(byContent).not.toContain("warrant/DE/judge");
  expect(byContent).not.toContain("warrant/US/police");
  expect(byContent).not.toContain("epoc/DE/prosecutor");
});

test("who may not send such a request is given nothing by it", () => {
  expect(mostOf("emergency_disclosure", "US", "police")).toBe("content");
  for (const issuer of ["party", "user"] as const)
    expect(mostOf("emergency_disclosure", "US", issuer), issuer).toBeNull();
  expect(mostOf("consent", "US", "user")).toBe("content");
  expect(mostOf("consent", "US", "police")).toBeNull();
  for (const place of ["US", "BR", "DK"]) expect(mostOf("epoc", place, "judge"), place).toBeNull();
  expect(mostOf("cloud_order", "GB", "police")).toBeNull();
  expect(mostOf("dsa_art_10", "US", "agency")).toBeNull();
});

test("a civil subpoena never gets content, and a preservation never anything, whoever agrees", () => {
  expect(exceptionPossible("civil_subpoena", "content")).toBe(false);
  expect(exceptionPossible("civil_subpoena", "traffic")).toBe(true);
  for (const category of DATA_CATEGORIES)
    for (const type of ["preservation_2703f", "epoc_pr", "dsa_art_9", "tco_removal", "mlat", "nsl"] as const)
      expect(exceptionPossible(type, category), `${type} ${category}`).toBe(false);
  expect(allowedOf(["subscriber", "content"], mostOf("subpoena", "US", "police"))).toEqual(["subscriber"]);
  expect(allowedOf(["traffic"], null)).toEqual([]);
  expect(allowedOf(["subscriber", "traffic"], "subscriber", ["traffic"])).toEqual(["subscriber", "traffic"]);
});

const received = new Date("2026-09-17T14:30:00Z");
const dated = {
  jurisdiction: "US",
  emergency: false,
  receivedAt: received,
  returnAt: null,
  localZone: "America/New_York",
} as const;

test("the law's hours and days run through weekends and changes of the clock", () => {
  const due = (type: (typeof REQUEST_TYPES)[number], emergency = false) => {
    const { at, rule } = dueOf({ ...dated, type, jurisdiction: "DE", emergency, localZone: "Europe/Berlin" });
    return `${rule} ${at.toISOString()}`;
  };
  expect(due("epoc")).toBe("epoc_10_days 2026-09-27T14:30:00.000Z");
  expect(due("epoc", true)).toBe("epoc_emergency_8_hours 2026-09-17T22:30:00.000Z");
  expect(due("tco_removal")).toBe("tco_1_hour 2026-09-17T15:30:00.000Z");
  expect(due("uk_opo")).toBe("uk_opo_7_days 2026-09-24T14:30:00.000Z");
  expect(due("emergency_disclosure", true)).toBe("emergency_at_once 2026-09-17T16:30:00.000Z");
});

test("business days leave out weekends and holidays of the place, and end at 17:00 there", () => {
  // Labor Day is 7 September 2026; from Friday the 4th, ten business days lead to Monday the 21st, 17:00 in New York.
  const { at, rule } = dueOf({ ...dated, type: "warrant", receivedAt: new Date("2026-09-05T02:00:00Z") });
  expect(rule).toBe("us_10_business_days");
  expect(at.toISOString()).toBe("2026-09-21T21:00:00.000Z");
  expect(isoDay(businessDaysAfter({ year: 2026, month: 9, day: 4 }, 1, "US", ["2026-09-08"]))).toBe(
    "2026-09-09",
  );
  expect(isBusinessDay({ year: 2026, month: 4, day: 3 }, "DE")).toBe(false);
  expect(isBusinessDay({ year: 2026, month: 12, day: 28 }, "GB")).toBe(false);
  expect(isBusinessDay({ year: 2026, month: 7, day: 3 }, "US")).toBe(false);
  expect(isBusinessDay({ year: 2026, month: 7, day: 3 }, "BR")).toBe(true);
  expect([2024, 2025, 2026, 2027, 2038].map((year) => isoDay(easter(year)))).toEqual([
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
    "2038-04-25",
  ]);
});

test("the order's own date counts where it is earlier, and never puts off what the law sets", () => {
  const late = new Date("2026-12-01T00:00:00Z");
  const soon = new Date("2026-09-18T00:00:00Z");
  expect(dueOf({ ...dated, type: "epoc", returnAt: late }).rule).toBe("epoc_10_days");
  expect(dueOf({ ...dated, type: "epoc", returnAt: soon })).toEqual({ at: soon, rule: "return_date" });
  expect(dueOf({ ...dated, type: "subpoena", returnAt: late })).toEqual({ at: late, rule: "return_date" });
  expect(urgencyOf(soon, received)).toBe("today");
  expect(urgencyOf(received, soon)).toBe("overdue");
});

test("an hour that a clock leaves out, and one that it shows twice, are one instant each", () => {
  expect(instantIn({ year: 2026, month: 3, day: 8 }, 2, "America/New_York").toISOString()).toBe(
    "2026-03-08T07:00:00.000Z",
  );
  expect(instantIn({ year: 2026, month: 11, day: 1 }, 1, "America/New_York").toISOString()).toBe(
    "2026-11-01T05:00:00.000Z",
  );
  expect(isZone("Europe/Berlin")).toBe(true);
  expect(isZone("Mars/Olympus")).toBe(false);
  expect(isZone("Europe/Berlin'; drop")).toBe(false);
});

test("an altered repeat is told by what differs, and letters' case is no difference", () => {
  const one = {
    reference: "26-CR-001",
    agency: "Example  Police",
    accounts: ["p u-1", "p u-2"],
    emergency: false,
  };
  expect(differences(one, { ...one, reference: "26-cr-001", agency: "example police" })).toEqual([]);
  expect(differences(one, { ...one, accounts: ["p u-2", "p u-1"] })).toEqual([]);
  expect(differences(one, { ...one, accounts: ["p u-1", "p u-3"], emergency: true })).toEqual([
    "accounts",
    "emergency",
  ]);
});

test("an overbroad scope is called out with the count of what it would touch", () => {
  const limits = { accounts: 5, days: 366, messages: 1000 };
  const words = breadthOf({ accounts: 9, messages: 12345, rangeFrom: null, rangeTo: null }, limits);
  expect(words.map((one) => one.warning)).toEqual(["no_dates", "many_accounts", "many_messages"]);
  expect(words[0]?.words).toContain("12,345 messages");
  expect(
    breadthOf(
      { accounts: 1, messages: 1, rangeFrom: received, rangeTo: new Date("2026-09-18T00:00:00Z") },
      limits,
    ),
  ).toEqual([]);
});

test("an expired order, a duplicate and a stranger's process are noticed", () => {
  const notices = noticesOf(
    {
      type: "warrant",
      jurisdiction: "DE",
      issuer: "police",
      receivedAt: received,
      expiresAt: new Date("2026-09-01T00:00:00Z"),
      dueAt: received,
      open: true,
      gagUntil: null,
      beyond: ["content"],
      unknownAccounts: 1,
      repeats: [
        { exact: true, shownNumber: "LR-000001" },
        { exact: false, shownNumber: "LR-000002" },
      ],
    },
    new Date("2026-10-01T00:00:00Z"),
  ).map((one) => one.notice);
  expect(notices).toEqual([
    "order_expired",
    "duplicate",
    "altered_repeat",
    "issuer_may_not",
    "exceeds_type",
    "account_not_known",
    "due_passed",
  ]);
});

const calm: RiskFacts = {
  type: "emergency_disclosure",
  jurisdiction: "US",
  issuer: "police",
  channel: "email",
  emergency: true,
  receivedAt: received,
  dueAt: new Date("2026-09-17T16:30:00Z"),
  expiresAt: null,
  findings: ["in_directory"],
  missing: [],
  agencyEnteredAt: new Date("2026-01-01T00:00:00Z"),
  phoneInDirectoryLate: false,
  numberLate: false,
  failed: [],
  documents: [],
  beyond: false,
  alteredRepeat: false,
};

test("a genuine mailbox that presses for time is a high risk until it was called back and looked at twice", () => {
  const alone = riskOf({ ...calm, missing: ["call_back", "second_person"] }, received);
  expect(alone.level).toBe("high");
  expect(alone.reasons.map((one) => one.reason)).toEqual([
    "call_back_missing",
    "second_person_missing",
    "genuine_mailbox_alone",
    "pressed_for_time",
    "channel_weak",
  ]);
  expect(riskOf(calm, received)).toEqual({ level: "low", reasons: [] });
  expect(riskOf({ ...calm, failed: ["call_back"] }, received).level).toBe("do_not_disclose");
  expect(riskOf({ ...calm, findings: ["not_in_directory", "added_words"] }, received).level).toBe(
    "do_not_disclose",
  );
});

test("no state leads nowhere but the last, and every type has its rules", () => {
  for (const state of REQUEST_STATES) expect(NEXT_STATES[state].length === 0, state).toBe(state === "closed");
  for (const type of REQUEST_TYPES) expect(TYPE_RULES[type].issuers.length, type).toBeGreaterThan(0);
});
