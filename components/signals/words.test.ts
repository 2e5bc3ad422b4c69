import { expect, test } from "vitest";
import { numberName, numberWords } from "./words.ts";

test("numbers are said as they are read", () => {
  expect(numberWords("base", 0.0712)).toBe("7.1 %");
  expect(numberWords("cases", 1234)).toBe("1,234");
  expect(numberWords("expected", 44.36)).toBe("44.4");
  expect(numberWords("chance", 3.4567e-9)).toBe("1 in 290,000,000");
  expect(numberWords("chance", 0)).toBe("less than 1 in 10¹⁵");
  expect(numberWords("day", "2026-03-04")).toBe("2026-03-04");
  expect(numberName("peersMean")).toBe("Colleagues’ usual day");
  expect(numberName("constructor")).toBe("constructor");
});
