import { expect, test } from "vitest";
import { nextDue } from "./nextDue.ts";

const due = (id: string) => ({ id, state: "due" }) as const;
const done = (id: string) => ({ id, state: "done" }) as const;

test("going on without a verdict comes past every review, and then begins anew", () => {
  const reviews = [due("a"), due("b"), due("c")];
  const seen: string[] = [];
  for (let at: string | null = "a", n = 0; n < 4; n++) {
    at = nextDue(reviews, at)?.id ?? null;
    seen.push(at ?? "none");
  }
  expect(seen).toEqual(["b", "c", "a", "b"]);
});

test("what is done is passed over, and nothing is offered where nothing else is due", () => {
  expect(nextDue([due("a"), done("b"), due("c")], "a")?.id).toBe("c");
  expect(nextDue([due("a"), done("b")], "a")).toBeUndefined();
  expect(nextDue([due("b"), due("c")], "a")?.id).toBe("b");
  expect(nextDue([], "a")).toBeUndefined();
});
