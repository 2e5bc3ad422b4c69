"use client";

import clsx from "clsx";
import Link from "next/link";
import type { AuditView } from "../../contracts/audit.ts";
import { Badge } from "../ui/Badge.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { counted } from "../words.ts";
import { durationWords, purposeWords, scopeWords, VIEW_END_WORDS } from "./words.ts";

type Props = {
  views: readonly AuditView[];
  /** More views than are shown. */
  capped: boolean;
  /** Which side of a view the page is about, and so does not repeat. */
  of: "case" | "staff";
};

/** Who read what, why, how much of it, and for how long it stood open. */
export function ViewsTable({ views, capped, of }: Props) {
  if (views.length === 0)
    return (
      <p className="px-4 pb-3 text-muted">
        {of === "case" ? "Nobody has opened this thread under this case." : "No thread was opened."}
      </p>
    );
  return (
    <>
      <section aria-label="Views" className="overflow-x-auto">
        <table className="w-full min-w-3xl border-collapse text-left">
          <thead>
            <tr className="heading border-y border-line bg-sunken">
              <Head>Opened (UTC)</Head>
              <Head>{of === "case" ? "Who" : "Case"}</Head>
              <Head>Covers</Head>
              <Head>Stood open</Head>
              <Head>Why</Head>
            </tr>
          </thead>
          <tbody>
            {views.map((view) => (
              <tr key={view.id} className="border-b border-line bg-surface align-top">
                <Cell>
                  <span className="font-mono text-[0.93rem]">
                    {utcWords(view.openedAt, true).replace(" UTC", "")}
                  </span>
                  <span className="block text-[0.857rem] text-muted">
                    <Time at={view.openedAt} />
                  </span>
                </Cell>
                <Cell>
                  {of === "case" ? (
                    <Link href={`/audit/staff/${view.staff.id}`} prefetch={false}>
                      {view.staff.name}
                    </Link>
                  ) : (
                    <Link href={`/audit/cases/${view.case.id}`} prefetch={false}>
                      {view.case.number === null ? "Case" : `Case ${view.case.number}`}
                    </Link>
                  )}
                </Cell>
                <Cell>
                  {counted(view.messages, "message")}
                  <span className="block text-[0.857rem] text-muted">
                    {scopeWords(view.scope)}
                    {view.truncated && ", cut at its limit"}
                  </span>
                </Cell>
                <Cell>
                  {view.seconds === null || view.how === null ? (
                    <Badge tone="seal">still open</Badge>
                  ) : (
                    <>
                      {durationWords(view.seconds)}
                      <span className="block text-[0.857rem] text-muted">{VIEW_END_WORDS[view.how]}</span>
                    </>
                  )}
                </Cell>
                <Cell wraps>
                  <span className="block text-[0.857rem] text-muted">{purposeWords(view.purpose)}</span>
                  <HostileText text={view.reason} />
                </Cell>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {capped && (
        <p className="px-4 py-2 text-muted">
          These are the newest {views.length}. Earlier ones stand among the events below.
        </p>
      )}
    </>
  );
}

function Head({ children }: { children: string }) {
  return (
    <th scope="col" className="px-4 py-1.5 font-semibold">
      {children}
    </th>
  );
}

function Cell({ children, wraps = false }: { children: React.ReactNode; wraps?: boolean }) {
  return <td className={clsx("px-4 py-1.5", wraps ? "min-w-72" : "whitespace-nowrap")}>{children}</td>;
}
