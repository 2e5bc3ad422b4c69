import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { narrow } from "./serverClock.ts";

describe("the server's clock, told by Date headers of whole seconds", () => {
  it("always lies within what is known, and what is known only grows narrower", () => {
    const ahead = fc.integer({ min: -5_000_000, max: 5_000_000 });
    const requests = fc.array(fc.record({ sent: fc.nat(600_000), there: fc.nat(300), back: fc.nat(300) }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(ahead, requests, (offset, list) => {
        let known: ReturnType<typeof narrow> | null = null;
        for (const { sent, there, back } of list) {
          const date = Math.floor((sent + there + offset) / 1000) * 1000;
          const before = known;
          known = narrow(known, date, sent, sent + there + back);
          expect(known.low).toBeLessThanOrEqual(offset);
          expect(known.high).toBeGreaterThanOrEqual(offset);
          if (before) expect(known.high - known.low).toBeLessThanOrEqual(before.high - before.low);
        }
      }),
    );
  });

  it("starts over when the clock was set", () => {
    const known = narrow(null, 100_000, 0, 20);
    expect(narrow(known, 500_000, 1000, 1020)).toEqual(narrow(null, 500_000, 1000, 1020));
  });
});
