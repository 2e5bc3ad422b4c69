"use client";

import type { AuditView } from "../../contracts/audit.ts";
import { counted } from "../words.ts";
import { purposeWords } from "./words.ts";

/** What the views below come to: how many threads, for which purposes, and how many led to no decision of theirs. */
export function ReadSummary({ views, more }: { views: readonly AuditView[]; more: boolean }) {
  if (views.length === 0) return null;
  const threads = new Set(views.map(({ threadId }) => threadId)).size;
  const purposes = new Map<string, number>();
  for (const { purpose } of views) purposes.set(purpose, (purposes.get(purpose) ?? 0) + 1);
  const undecided = views.filter(
    ({ decided, staff, endedAt }) => endedAt && decided?.by.id !== staff.id,
  ).length;
  return (
    <p className="px-4 pb-2 text-muted">
      {more ? "The newest " : ""}
      {counted(views.length, "view")} of {counted(threads, "thread")}:{" "}
      {[...purposes]
        .sort((a, b) => b[1] - a[1])
        .map(([purpose, count]) => `${purposeWords(purpose)} ${count.toLocaleString("en-GB")}`)
        .join(", ")}
      . After {counted(undecided, "view")} the first decision was not theirs, or there was none.
    </p>
  );
}
