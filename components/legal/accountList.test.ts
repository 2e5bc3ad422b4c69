import { expect, test } from "vitest";
import { MOST_ACCOUNTS, pastedAccounts } from "./accountList.ts";

test("a paste out of a letter, a spreadsheet or a list gives each account once", () => {
  expect(pastedAccounts(' u-1\r\n"u-2", @u-3;u-1\t\n\n')).toEqual({
    ids: ["u-1", "u-2", "u-3"],
    repeated: 1,
    tooLong: 0,
    tooMany: 0,
  });
});

test("what cannot be an id is counted, not sent, and letters of any script stay as they are", () => {
  const pasted = pastedAccounts(`${"x".repeat(300)}\nمستخدم‎\n😀`);
  expect(pasted.ids).toEqual(["مستخدم‎", "😀"]);
  expect(pasted.tooLong).toBe(1);
});

test("no more are taken than one request may name, and how many were left is said", () => {
  const pasted = pastedAccounts(Array.from({ length: MOST_ACCOUNTS + 7 }, (_, n) => `u-${n}`).join("\n"));
  expect(pasted.ids).toHaveLength(MOST_ACCOUNTS);
  expect(pasted.tooMany).toBe(7);
});
