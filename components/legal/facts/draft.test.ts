import { expect, test } from "vitest";
import { registerRequest } from "../../../contracts/legal/requests.ts";
import { changedFacts, emptyDraft, factsOf, inZone, toRegister } from "./draft.ts";

const NOW = Date.parse("2026-03-04T15:06:00Z");
const written = {
  ...emptyDraft(NOW),
  agencyName: "Example Police",
  officerName: "Sample Officer",
  reference: "REF-1",
};

test("a form that is written is what the API takes, with its times as instants", () => {
  const body = toRegister({ ...written, rangeFrom: "2026-02-01T00:00" }, []);
  expect(registerRequest.safeParse(body).success).toBe(true);
  expect(body.receivedAt).toBe("2026-03-04T15:06:00.000Z");
  expect(body.rangeFrom).toBe("2026-02-01T05:00:00.000Z");
});

test("another zone moves no instant", () => {
  const draft = { ...written, rangeFrom: "2026-02-01T00:00", gagUntil: "2026-07-01T12:00" };
  const { localZone: _, ...before } = factsOf(draft);
  const { localZone: __, ...after } = factsOf(inZone(draft, "Europe/Berlin"));
  expect(after).toEqual(before);
});

test("nothing is sent that nobody changed", () => {
  expect(changedFacts(written, { ...written })).toEqual({});
  expect(changedFacts(written, { ...written, officerEmail: "officer@police.example.org" })).toEqual({
    officerEmail: "officer@police.example.org",
  });
});

test("an order without an end keeps no day on which it would end", () => {
  const facts = factsOf({
    ...written,
    gagReference: "G-1",
    gagUntil: "2026-07-01T12:00",
    gagIndefinite: true,
  });
  expect(facts.gagUntil).toBeNull();
});
