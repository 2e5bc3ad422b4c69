import fc from "fast-check";
import { expect, test } from "vitest";
import { flagId, messageId, participantId, threadId } from "./ids.ts";

const SCOPE = "0195f3a0-52c4-7d10-8a3e-9c0d1e2f3a4b";
const OTHER = "0195f3a0-52c4-7d10-8a3e-9c0d1e2f3a4c";

test("ids never change: what was stored under them must be found again", () => {
  expect(threadId(SCOPE, "t-1")).toBe("b5c86a60-7082-8343-ae7c-f567ced2f683");
});

test("are UUIDs of version 8 (RFC 9562), the same for the same and others for anything else", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
      const ids = [threadId, flagId, messageId, participantId].flatMap((derive) => [
        derive(SCOPE, a),
        derive(OTHER, a),
        ...(a === b ? [] : [derive(SCOPE, b)]),
      ]);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(threadId(SCOPE, a)).toBe(threadId(SCOPE, a));
    }),
  );
});
