"use client";

import { Copy, FileWarning } from "lucide-react";
import Link from "next/link";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Section } from "../../ui/Section.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { HostileText } from "../../view/HostileText.tsx";
import { factWords, historyWords, STATE_WORDS } from "../words.ts";

/** Who did what with the request, in order; its repeats; and what it is recognised by. */
export function HistoryPanel({ request }: { request: RequestDetail }) {
  return (
    <>
      <Section title="What happened">
        <ol className="grid gap-1.5">
          {request.history.map((one) => (
            <li key={one.id} className="border-l-4 border-line pl-3">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <strong>{historyWords(one)}</strong>
                {one.from !== null && one.from !== one.to && (
                  <span>
                    {STATE_WORDS[one.from].name} → {STATE_WORDS[one.to].name}
                  </span>
                )}
                <span className="text-muted">
                  {one.by?.name ?? "Unseal itself"}, {utcWords(one.at, true)}
                </span>
              </p>
              {one.note && <HostileText text={one.note} />}
            </li>
          ))}
        </ol>
        {request.history.length >= 200 && (
          <p className="mt-1 text-muted">The newest 200; the audit log has them all.</p>
        )}
      </Section>
      <Section title="Repeats">
        {request.repeats.length === 0 && request.duplicateOf === null && (
          <p className="text-muted">No other request asks the same.</p>
        )}
        <ul className="grid gap-1.5">
          {request.repeats.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center gap-2">
              {one.exact ? (
                <Copy aria-hidden className="size-4 text-muted" />
              ) : (
                <FileWarning aria-hidden className="size-4 text-warn" />
              )}
              <Link href={`/lawful-requests/${one.id}`} prefetch={false} className="font-semibold">
                {one.shownNumber}
              </Link>
              <Badge tone={STATE_WORDS[one.state].tone}>{STATE_WORDS[one.state].name}</Badge>
              <span>
                {one.exact
                  ? "word for word the same"
                  : `the same but for: ${one.differs.map(factWords).join(", ")}`}
              </span>
              <span className="text-muted">{utcWords(one.receivedAt)}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Custody">
        <Facts>
          <Fact name="Digest of what is asked">
            <code className="font-mono text-[0.857rem] break-all">{request.digest}</code>
          </Fact>
          <Fact name="Registered">
            {request.registeredBy.name}, {utcWords(request.registeredAt, true)}
          </Fact>
          <Fact name="Last changed">{utcWords(request.changedAt, true)}</Fact>
        </Facts>
        <p className="mt-2 text-muted">
          Each line above is an event of the signed log. The custody record of a packet is made from it, and
          goes into the packet.
        </p>
      </Section>
    </>
  );
}
