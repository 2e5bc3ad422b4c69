"use client";

import clsx from "clsx";
import { Baby, Siren, TriangleAlert, Users } from "lucide-react";
import type { ReactNode } from "react";
import type { RequestRow } from "../../../contracts/legal/requests.ts";
import { Badge } from "../../ui/Badge.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { DueWords } from "../Moment.tsx";
import { clockStopped, countryWords, STATE_WORDS, TYPE_NAMES } from "../words.ts";
import { zoneWords } from "../zoneWords.ts";

/** The columns of the register on a wide page, in one place, so that head and rows stand in line. */
export const COLUMNS =
  "lg:grid lg:grid-cols-[7rem_10.5rem_minmax(9rem,1fr)_minmax(10rem,1.8fr)_4.5rem_8.5rem_minmax(20.5rem,21rem)_minmax(6rem,8rem)] lg:items-center lg:gap-x-3";

export const COLUMN_TITLES = [
  "Request",
  "State",
  "Type",
  "Agency and reference",
  "Accounts",
  "Due",
  "Due, UTC and where they are",
  "Handled by",
];

/** What a row says of a request after its number: metadata, each value a word by itself. */
export function RequestRowCells({ row }: { row: RequestRow }) {
  const { name, tone } = STATE_WORDS[row.state];
  const local = zoneWords(row.dueAt, row.localZone);
  const stopped = clockStopped(row);
  return (
    <>
      <Cell>
        <span className="inline-flex items-center gap-1">
          <Badge tone={tone}>{name}</Badge>
          {row.emergency && (
            <Badge tone="danger">
              <Siren aria-hidden className="size-3.5" />
              <span className="lg:sr-only">Emergency</span>
            </Badge>
          )}
        </span>
      </Cell>
      <Cell>
        {TYPE_NAMES[row.type]} <span className="text-muted">{row.jurisdiction}</span>
        <span className="sr-only">, {countryWords(row.jurisdiction)}</span>
        {row.childSafety && (
          <span title="About the safety of a child" className="ml-1 inline-flex text-warn">
            <Baby aria-hidden className="size-3.5" />
            <span className="sr-only">, about the safety of a child</span>
          </span>
        )}
      </Cell>
      <LineEnd />
      <Cell>
        <HostileText inline text={row.agency} />{" "}
        <span className="text-muted">
          <HostileText inline text={row.reference} />
        </span>
      </Cell>
      <Cell muted>
        <span title={counted(row.accounts, "account")} className="inline-flex items-center gap-1">
          <Users aria-hidden className="size-3.5" />
          <span aria-hidden>{row.accounts.toLocaleString("en-GB")}</span>
          <span className="sr-only">{counted(row.accounts, "account")}</span>
        </span>
      </Cell>
      <LineEnd />
      <Cell>{stopped ? <span className="text-muted">answered</span> : <DueWords at={row.dueAt} />}</Cell>
      <Cell muted>
        <span className="max-lg:hidden">
          {utcWords(row.dueAt)}
          {local && <span> · {sameDay(local, row.dueAt) ? local.slice(11) : local.slice(5)}</span>}
        </span>
        <span className="lg:hidden">{utcWords(row.dueAt)}</span>
      </Cell>
      <Cell muted>
        {row.handledBy ? (
          <>
            <span className="sr-only">handled by </span>
            {row.mine ? <strong className="text-accent">You</strong> : row.handledBy.name}
          </>
        ) : (
          "Nobody yet"
        )}
      </Cell>
    </>
  );
}

/** Whether the local day is the one that stands before it in UTC already. */
const sameDay = (local: string, instant: string): boolean =>
  local.slice(0, 10) === new Date(instant).toISOString().slice(0, 10);

/** The badges of a request beside its name. */
export function RequestMarks({ row }: { row: RequestRow }) {
  const { name, tone } = STATE_WORDS[row.state];
  return (
    <>
      <Badge tone={tone}>{name}</Badge>
      {row.emergency && (
        <Badge tone="danger">
          <Siren aria-hidden className="size-3.5" />
          Emergency
        </Badge>
      )}
      {row.childSafety && (
        <Badge tone="warn">
          <Baby aria-hidden className="size-3.5" />
          Child safety
        </Badge>
      )}
      {row.overdue && (
        <Badge tone="danger">
          <TriangleAlert aria-hidden className="size-3.5" />
          Overdue
        </Badge>
      )}
    </>
  );
}

function Cell({ children, muted }: { children: ReactNode; muted?: boolean }) {
  return <span className={clsx("min-w-0 truncate", muted && "text-muted")}>{children}</span>;
}

/** Where a card's line ends on a narrow page. */
function LineEnd() {
  return <span aria-hidden className="h-0 basis-full lg:hidden" />;
}
