"use client";

import clsx from "clsx";
import Link from "next/link";
import type { AuditView } from "../../contracts/audit.ts";
import { useSignedIn } from "../shell/me.tsx";
import { mayReadLog } from "../shell/rights.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Instant, Time } from "../ui/Time.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { counted } from "../words.ts";
import {
  decisionWords,
  durationWords,
  purposeWords,
  roleWords,
  scopeWords,
  VIEW_END_WORDS,
} from "./words.ts";

type Props = {
  views: readonly AuditView[];
  /** Which side of a view the page is about, and so does not repeat. */
  of: "case" | "staff" | "thread";
  /** Said where there is no view. */
  none: string;
  /** Reads the next page; left out when there is none. */
  onMore?: (() => void) | undefined;
  busy?: boolean;
};

/** Who read what, why, how much of it, from when to when, and what was decided after it. */
export function ViewsTable({ views, of, none, onMore, busy = false }: Props) {
  const leadsOn = mayReadLog(useSignedIn());
  if (views.length === 0) return <p className="px-4 pb-3 text-muted">{none}</p>;
  return (
    <>
      <section aria-label="Views" className="overflow-x-auto">
        <table className="w-full min-w-5xl border-collapse text-left">
          <thead>
            <tr className="heading border-y border-line bg-sunken">
              <Head>From, until (UTC)</Head>
              {of !== "staff" && <Head>Who</Head>}
              {of !== "case" && <Head>Case</Head>}
              <Head>Covers</Head>
              <Head>Stood open</Head>
              <Head>Why</Head>
              <Head>Decided after it</Head>
            </tr>
          </thead>
          <tbody>
            {views.map((view) => (
              <tr key={view.id} className="border-b border-line bg-surface align-top">
                <Cell>
                  <span className="block font-mono text-[0.93rem]">
                    <Instant at={view.openedAt} seconds />
                  </span>
                  <span className="block font-mono text-[0.93rem] text-muted">
                    {view.endedAt && <Instant at={view.endedAt} seconds />}
                  </span>
                  <span className="block text-[0.857rem] text-muted">
                    <Time at={view.openedAt} />
                  </span>
                </Cell>
                {of !== "staff" && (
                  <Cell>
                    <Link href={`/audit/staff/${view.staff.id}`} prefetch={false}>
                      {view.staff.name}
                    </Link>
                    <span className="block text-[0.857rem] text-muted">{roleWords(view.roles)}</span>
                  </Cell>
                )}
                {of !== "case" && (
                  <Cell>
                    <Link
                      href={`/audit/cases/${view.case.id}`}
                      prefetch={false}
                      className="flex min-h-7 items-center"
                    >
                      {view.case.number === null ? "Case" : `Case ${view.case.number}`}
                    </Link>
                    {of === "staff" && leadsOn && (
                      <Link
                        href={`/threads/${view.threadId}/readers`}
                        prefetch={false}
                        className="flex min-h-7 items-center text-[0.857rem]"
                      >
                        Who read the thread
                      </Link>
                    )}
                  </Cell>
                )}
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
                <Cell>
                  <Decided view={view} />
                </Cell>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {onMore && (
        <div className="p-3">
          <Button busy={busy} onClick={onMore}>
            Read earlier views
          </Button>
        </div>
      )}
    </>
  );
}

function Decided({ view: { decided, staff } }: { view: AuditView }) {
  if (!decided) return <span className="text-muted">nothing yet</span>;
  return (
    <>
      {decisionWords(decided)}
      <span className="block text-[0.857rem] text-muted">
        {decided.by.id === staff.id ? "by the same person" : `by ${decided.by.name}`},{" "}
        <Time at={decided.at} />
      </span>
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
