import { expect, test } from "vitest";
import { visibleLength } from "./visibleLength.ts";

test("counts what can be seen, as the database does", () => {
  expect(visibleLength("a b\n c")).toBe(3);
  expect(visibleLength("​​.‮⁦ ")).toBe(1);
  expect(visibleLength("🙂🙂")).toBe(2);
  expect(visibleLength("")).toBe(0);
});
