import { describe, expect, test } from "vitest";
import { filterQuery, fromField, knownFilters, NO_FILTERS, spanStart, toField } from "./filters.ts";

const ID = "01890000-0000-7000-8000-000000000000";

describe("filters in the address", () => {
  test("what is no id, no known word and no instant is left out, and the rest stays", () => {
    expect(
      knownFilters({
        ...NO_FILTERS,
        actor: ID,
        subject: "somebody's name",
        caseNumber: -4,
        action: "view.opened",
        from: "yesterday",
        until: "2026-01-01T00:00:00Z",
      }),
    ).toEqual({ actor: ID, action: "view.opened", until: "2026-01-01T00:00:00Z" });
    expect(knownFilters(NO_FILTERS)).toEqual({});
  });

  test("become a query without empty values", () => {
    expect(filterQuery({ actor: ID, caseNumber: 12, action: null, from: undefined }).toString()).toBe(
      `actor=${ID}&caseNumber=12`,
    );
  });
});

describe("instants in fields", () => {
  test("go to the field and back in UTC, whatever the zone of the machine", () => {
    expect(toField("2026-03-04T15:06:09.123Z")).toBe("2026-03-04T15:06");
    expect(toField("2026-03-04T15:06:00+02:00")).toBe("2026-03-04T13:06");
    expect(fromField("2026-03-04T15:06")).toBe("2026-03-04T15:06:00.000Z");
    expect(fromField(toField("2026-12-31T23:59:00.000Z"))).toBe("2026-12-31T23:59:00.000Z");
  });

  test("that are none are none", () => {
    expect(toField(null)).toBe("");
    expect(toField("soon")).toBe("");
    expect(fromField("")).toBeNull();
    expect(fromField("2026-13-45T99:99")).toBeNull();
  });

  test("a span asked for twice in one minute is the same span", () => {
    const now = Date.UTC(2026, 2, 4, 15, 6, 9);
    expect(spanStart(24, now)).toBe("2026-03-03T15:06:00.000Z");
    expect(spanStart(24, now + 50_000)).toBe(spanStart(24, now));
  });
});
