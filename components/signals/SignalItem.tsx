"use client";

import { ArrowUpNarrowWide, Clock, UserRound } from "lucide-react";
import type { SignalRow } from "../../contracts/signals.ts";
import { Badge } from "../ui/Badge.tsx";
import { Severity } from "../ui/Severity.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { useNow } from "../ui/useNow.ts";
import { counted } from "../words.ts";
import { CONCLUSION_WORDS, detectorWords, LEVEL_WORDS } from "./words.ts";

/** One signal as a line of a list. Pressed anywhere it shows the numbers and what can be done. */
export function SignalItem({ signal, onOpen }: { signal: SignalRow; onOpen: () => void }) {
  return (
    <div className="relative border-b border-line bg-surface px-4 py-2.5 has-[.row:focus-visible]:outline-2 has-[.row:focus-visible]:-outline-offset-2 has-[.row:focus-visible]:outline-accent hover:bg-sunken">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <Severity value={signal.severity} />
        <button
          type="button"
          onClick={onOpen}
          className="row font-semibold outline-none before:absolute before:inset-0"
        >
          {detectorWords(signal.detector)}: {signal.subject.name}
        </button>
        <SignalMarks signal={signal} />
        <span className="ml-auto text-muted max-sm:ml-0">
          <When signal={signal} />
        </span>
      </div>
      <p className="mt-1 line-clamp-2 max-w-[75ch] text-ink">{signal.explanation}</p>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-[0.857rem] text-muted">
        <span className="inline-flex items-center gap-1">
          <UserRound aria-hidden className="size-3.5" />
          {ownerWords(signal)}
        </span>
        <span>raised {utcWords(signal.raisedAt)}</span>
        {signal.occurrences > 1 && <span>found {counted(signal.occurrences, "time")}</span>}
      </p>
    </div>
  );
}

/** Where a signal stands: concluded how, taken on or not, risen or not. */
export function SignalMarks({ signal }: { signal: SignalRow }) {
  return (
    <>
      {signal.conclusion && (
        <Badge tone={signal.conclusion === "misuse" ? "danger" : "ok"}>
          {CONCLUSION_WORDS[signal.conclusion]}
        </Badge>
      )}
      {signal.state === "open" && <Badge tone="warn">Not taken on</Badge>}
      {signal.state === "owned" && <Badge tone="accent">{signal.mine ? "Yours" : "Taken on"}</Badge>}
      {signal.level > 1 && (
        <Badge tone="danger">
          <ArrowUpNarrowWide aria-hidden className="size-3.5" />
          {LEVEL_WORDS[signal.level]}
        </Badge>
      )}
    </>
  );
}

function When({ signal }: { signal: SignalRow }) {
  const now = useNow();
  if (signal.resolvedAt)
    return (
      <>
        concluded <Time at={signal.resolvedAt} />
      </>
    );
  const late = now !== 0 && Date.parse(signal.dueAt) <= now;
  return (
    <span
      className={
        late ? "inline-flex items-center gap-1 font-semibold text-danger" : "inline-flex items-center gap-1"
      }
    >
      <Clock aria-hidden className="size-3.5" />
      {late ? "past due" : "due"} <Time at={signal.dueAt} />
    </span>
  );
}

function ownerWords(signal: SignalRow): string {
  if (signal.resolvedBy) return `concluded by ${signal.resolvedBy.name}`;
  if (signal.owner === null) return "nobody’s yet: every other officer is gone, or it is about the only one";
  return signal.state === "owned" ? `with ${signal.owner.name}` : `for ${signal.owner.name} to take on`;
}
