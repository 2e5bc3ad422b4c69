"use client";

import clsx from "clsx";
import { Baby, Flag, Mail, UserRound, UserRoundCheck } from "lucide-react";
import type { CaseRow } from "../../contracts/triage.ts";
import { Severity } from "../ui/Severity.tsx";
import { Time } from "../ui/Time.tsx";
import { relativeWords, utcWords } from "../ui/timeWords.ts";
import { useNow } from "../ui/useNow.ts";
import { CATEGORY_WORDS, counted, REGION_WORDS, SOURCE_WORDS } from "../words.ts";

/** The columns of a queue on a wide page. Kept in one place, so that head and rows stand in line. */
export const COLUMNS =
  "lg:grid lg:grid-cols-[5.5rem_6.5rem_minmax(7rem,1fr)_minmax(8rem,1.2fr)_10.5rem_minmax(5rem,10.5rem)_8rem_6.5rem_minmax(6rem,9rem)] lg:items-center lg:gap-x-3";

export const COLUMN_TITLES = [
  "Case",
  "Severity",
  "Category",
  "Sources",
  "Thread",
  "Region",
  "Due",
  "Opened",
  "Claimed by",
];

/**
 * What a row says of a case after its number: metadata only. Each value is a word by itself, so that the row can be
 * read without its column's title; on a narrow page the values flow as lines of a card.
 */
export function CaseRowCells({ row }: { row: CaseRow }) {
  return (
    <>
      <Cell>
        <Severity value={row.severity} />
      </Cell>
      <Cell>{CATEGORY_WORDS[row.category]}</Cell>
      <LineEnd />
      <Cell muted>{row.sources.map((source) => SOURCE_WORDS[source]).join(", ")}</Cell>
      <Cell>
        <span className="inline-flex items-center gap-2.5">
          <Figure Icon={Flag} count={row.flagCount} of="flag" />
          <Figure Icon={Mail} count={row.messageCount} of="message" />
          <Figure Icon={UserRound} count={row.participantCount} of="participant" />
          {row.minorCount > 0 && <Figure Icon={Baby} count={row.minorCount} of="minor" strong />}
        </span>
      </Cell>
      <Cell muted>{REGION_WORDS[row.region]}</Cell>
      <LineEnd />
      <Cell>
        <Due at={row.dueAt} />
      </Cell>
      <Cell muted>
        <span className="lg:sr-only">opened </span>
        <Time at={row.openedAt} />
      </Cell>
      <Cell>
        <Claimant claim={row.claim} />
      </Cell>
    </>
  );
}

function Cell({ children, strong, muted }: { children: React.ReactNode; strong?: boolean; muted?: boolean }) {
  return (
    <span className={clsx("min-w-0 truncate", strong && "font-semibold", muted && "text-muted")}>
      {children}
    </span>
  );
}

function Figure({
  Icon,
  count,
  of,
  strong,
}: {
  Icon: typeof Flag;
  count: number;
  of: string;
  strong?: boolean;
}) {
  const words = counted(count, of);
  return (
    <span
      title={words}
      className={clsx("inline-flex items-center gap-0.5", strong && "font-semibold text-warn")}
    >
      <Icon aria-hidden className={clsx("size-3.5", strong ? "text-warn" : "text-muted")} />
      <span aria-hidden>{count.toLocaleString("en-GB")}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** When a case is due; said in words when that is past. */
export function Due({ at }: { at: string }) {
  const now = useNow();
  const overdue = now > 0 && Date.parse(at) < now;
  if (!overdue)
    return (
      <>
        <span className="lg:sr-only">due </span>
        <Time at={at} />
      </>
    );
  return (
    <time dateTime={at} title={utcWords(at)} className="font-semibold text-danger">
      {relativeWords(Date.parse(at), now).replace("ago", "overdue")}
    </time>
  );
}

/** Where a card's line ends on a narrow page. */
function LineEnd() {
  return <span aria-hidden className="h-0 basis-full lg:hidden" />;
}

function Claimant({ claim }: { claim: CaseRow["claim"] }) {
  const now = useNow();
  if (!claim || (now > 0 && Date.parse(claim.expiresAt) < now))
    return <span className="text-muted max-lg:hidden">–</span>;
  return (
    <span
      className={clsx(
        "inline-flex max-w-full items-center gap-1",
        claim.mine ? "font-semibold text-accent" : "text-muted",
      )}
    >
      <UserRoundCheck aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">claimed by </span>
      <span className="truncate">{claim.mine ? "You" : claim.by.name}</span>
    </span>
  );
}
