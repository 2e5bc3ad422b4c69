import type { AuditReach } from "../../contracts/audit.ts";
import { utcWords } from "../ui/timeWords.ts";

/** Whose acts the page shows, and that looking is itself on record. */
export function reachWords({ whole, from, until }: AuditReach): string {
  if (!whole)
    return "Your own acts. Compliance officers and auditors see everybody's, and that they looked is in the log.";
  if (from === null && until === null)
    return "Every act of staff, platforms, worker and operator. That you look is in the log, too.";
  const range = [from && `from ${utcWords(from)}`, until && `until ${utcWords(until)}`]
    .filter(Boolean)
    .join(" ");
  return `Every act ${range}: the range that was given to you. That you look is in the log, too.`;
}
