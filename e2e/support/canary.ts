import { randomBytes } from "node:crypto";

/** What every canary begins with: a word that no page, log or library writes by itself. */
export const CANARY_MARK = "zqcanary";
export const CANARY = /zqcanary[0-9a-z]{20}/i;
/** Every one of them in a text. */
export const CANARIES = new RegExp(CANARY, "gi");

/** A string that is found in one place of one thread and nowhere else in the world. Lower case, no markup. */
export function canary(): string {
  return (
    CANARY_MARK +
    BigInt(`0x${randomBytes(13).toString("hex")}`)
      .toString(36)
      .padStart(21, "0")
      .slice(-20)
  );
}
