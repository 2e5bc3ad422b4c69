import { expect, test } from "vitest";
import { letterOf, maskStaff, pseudonyms } from "./withoutStaff.ts";

test("letters go on after Z", () => {
  expect([0, 25, 26, 27, 51, 52, 701, 702].map(letterOf)).toEqual([
    "A",
    "Z",
    "AA",
    "AB",
    "AZ",
    "BA",
    "ZZ",
    "AAA",
  ]);
});

test("the same person keeps their letter, and no two share one", () => {
  const who = pseudonyms();
  expect([who("b"), who("a"), who("b"), who("c")]).toEqual([
    "Staff member A",
    "Staff member B",
    "Staff member A",
    "Staff member C",
  ]);
});

test.each([
  ["Asked by Ada Example, see her note.", "Asked by [staff member], see her note."],
  ["asked by ADA\u00a0 EXAMPLE", "asked by [staff member]"],
  ["Ada Example-Lopez wrote", "[staff member] wrote"],
  ["Adam Examples is nobody of ours", "Adam Examples is nobody of ours"],
  ["mail ada@staff.example.org now", "mail [address] now"],
  ["from 192.0.2.17, at 10.30", "from [address], at 10.30"],
  ["from 2001:db8::17 or ::1 at 10:30", "from [address] or [address] at 10:30"],
  ["view 01890000-0000-7000-8000-000000000007.", "view [id]."],
  ["(Ben (QA) Ö) said", "([staff member]) said"],
  ["nothing to take out", "nothing to take out"],
])("%s", (text, masked) => {
  expect(maskStaff(text, ["Ada Example", "Ada Example-Lopez", "Ben (QA) Ö", " "])).toBe(masked);
});
