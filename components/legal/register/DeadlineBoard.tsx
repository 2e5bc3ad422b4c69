"use client";

import clsx from "clsx";
import { CalendarCheck, Clock, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import type { Deadlines } from "../../../contracts/legal/requests.ts";
import { useDeskList } from "../../shell/useDeskList.ts";
import { BlankState } from "../../ui/BlankState.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { DueWords, Moment } from "../Moment.tsx";
import { useDeadlines } from "../queries.ts";
import { TYPE_NAMES } from "../words.ts";
import { RequestMarks } from "./RequestRowCells.tsx";

type Group = Deadlines["groups"][number];
const GROUPS: Record<Group["group"], { title: string; says: string }> = {
  overdue: { title: "Overdue", says: "Answer now, or tell the authority why not." },
  today: { title: "In the next 24 hours", says: "" },
  three_days: { title: "In three days", says: "" },
  this_week: { title: "In a week", says: "" },
  later: { title: "Later", says: "" },
};

/** What is due, soonest first, in columns by how soon. */
export function DeadlineBoard() {
  const query = useDeadlines(true);
  const list = useDeskList(() => void query.refetch());
  if (query.isPending) return <Waiting label="Reading the deadlines" lines={8} />;
  if (!query.data)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  const { groups, capped } = query.data;
  if (groups.every(({ requests }) => requests.length === 0))
    return (
      <BlankState Icon={CalendarCheck} title="Nothing is due">
        Every request that was registered has been answered.
      </BlankState>
    );
  return (
    <>
      <ol
        ref={list}
        aria-label="Deadlines by how soon"
        className="grid gap-3 p-4 md:grid-cols-2 xl:grid-cols-3 2xl:grid-cols-5"
      >
        {groups.map((group) => (
          <Column key={group.group} group={group} />
        ))}
      </ol>
      {capped && (
        <p className="px-4 pb-4 text-muted">Only the 500 that are due soonest are shown; use the register.</p>
      )}
    </>
  );
}

function Column({ group: { group, requests } }: { group: Group }) {
  const router = useRouter();
  const { title, says } = GROUPS[group];
  const late = group === "overdue";
  const soon = group === "today";
  return (
    <li className="min-w-0">
      <section aria-labelledby={`due-${group}`} className="panel h-full overflow-hidden">
        <div
          className={clsx(
            "flex items-center gap-2 border-b border-line px-3 py-2",
            late && requests.length > 0 && "bg-danger-soft text-danger",
            soon && requests.length > 0 && "bg-warn-soft text-warn",
          )}
        >
          {late && requests.length > 0 && <TriangleAlert aria-hidden className="size-4" />}
          {soon && requests.length > 0 && <Clock aria-hidden className="size-4" />}
          <h2 id={`due-${group}`} className="font-semibold">
            {title}
          </h2>
          <span className="ml-auto">{requests.length.toLocaleString("en-GB")}</span>
        </div>
        {requests.length === 0 && <p className="px-3 py-2 text-muted">None.</p>}
        {late && requests.length > 0 && <p className="px-3 pt-2 text-muted">{says}</p>}
        <ul>
          {requests.map((row) => (
            <li
              key={row.id}
              className="relative border-b border-line px-3 py-2 last:border-b-0 hover:bg-sunken has-[.row:focus-visible]:outline-2 has-[.row:focus-visible]:-outline-offset-2 has-[.row:focus-visible]:outline-accent"
            >
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
                <button
                  type="button"
                  onClick={() => router.push(`/lawful-requests/${row.id}`)}
                  className="row font-semibold outline-none before:absolute before:inset-0"
                >
                  {row.shownNumber}
                </button>
                <RequestMarks row={{ ...row, overdue: false }} />
              </p>
              <p className="mt-0.5">
                <DueWords at={row.dueAt} />
              </p>
              <p className="text-[0.857rem]">
                <Moment at={row.dueAt} zone={row.localZone} />
              </p>
              <p className="min-w-0 truncate text-[0.857rem] text-muted">
                {TYPE_NAMES[row.type]} · <HostileText inline text={row.agency} />
                {row.handledBy ? ` · ${row.handledBy.name}` : " · nobody handles it"}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </li>
  );
}
