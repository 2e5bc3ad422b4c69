"use client";

import Link from "next/link";
import type { AuditEventDetail } from "../../contracts/audit.ts";
import { ACTOR_KINDS, auditActionLabel } from "../../domain/auditActions.ts";
import { useSignedIn } from "../shell/me.tsx";
import { mayReadLog } from "../shell/rights.ts";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Section } from "../ui/Section.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { actorName, OutcomeBadge } from "./EventCells.tsx";
import { LeafSection } from "./LeafSection.tsx";
import { purposeWords, roleWords } from "./words.ts";

/** An event in full: who, what, when, from where, why, and what of it can be proved later. */
export function EventRecord({ event }: { event: AuditEventDetail }) {
  const leadsOn = mayReadLog(useSignedIn());
  return (
    <div>
      <Section title="What happened" aside={<OutcomeBadge event={event} />}>
        <Facts>
          <Fact name="Action">
            {auditActionLabel(event.action)} <Mono>{event.action}</Mono>
          </Fact>
          <Fact name="When">
            {utcWords(event.at, true)} <span className="text-muted">· </span>
            <Time at={event.at} />
          </Fact>
          <Fact name="Who">
            {event.actorKind === "staff" && event.actor ? (
              <Link href={`/audit/staff/${event.actor.id}`} prefetch={false} className="underline">
                {event.actor.name}
              </Link>
            ) : (
              actorName(event)
            )}{" "}
            <span className="text-muted">
              · {event.actorRoles.length > 0 ? roleWords(event.actorRoles) : ACTOR_KINDS[event.actorKind]}
            </span>
          </Fact>
          {event.subjectStaff && (
            <Fact name="About">
              <Link href={`/audit/staff/${event.subjectStaff.id}`} prefetch={false}>
                {event.subjectStaff.name}
              </Link>
            </Fact>
          )}
          {event.case && (
            <Fact name="Case">
              <Link href={`/audit/cases/${event.case.id}`} prefetch={false}>
                {event.case.number === null ? "Case" : `Case ${event.case.number}`}
              </Link>
            </Fact>
          )}
          {event.threadId && leadsOn && (
            <Fact name="Thread">
              <Link href={`/threads/${event.threadId}/readers`} prefetch={false}>
                Who read it
              </Link>
            </Fact>
          )}
          {event.purpose && <Fact name="Purpose">{purposeWords(event.purpose)}</Fact>}
        </Facts>
      </Section>
      {event.reason && (
        <Section title="Reason, as it was typed">
          <HostileText text={event.reason} />
        </Section>
      )}
      {Object.keys(event.detail).length > 0 && (
        <Section title="Particulars">
          <Facts>
            {Object.entries(event.detail).map(([name, value]) => (
              <Fact key={name} name={name}>
                <HostileText text={typeof value === "string" ? value : JSON.stringify(value)} />
              </Fact>
            ))}
          </Facts>
        </Section>
      )}
      <Section title="From where">
        <Facts>
          <Fact name="Address">{event.ip ? <Mono>{event.ip}</Mono> : "not known"}</Fact>
          {event.userAgent && (
            <Fact name="Program">
              <HostileText text={event.userAgent} />
            </Fact>
          )}
          <Ids
            ids={[
              ["Session", event.sessionId],
              ["Request", event.requestId],
            ]}
          />
        </Facts>
      </Section>
      <Section title="Ids">
        <Facts>
          <Ids
            ids={[
              ["Event", event.id],
              ["Case", event.case?.id ?? null],
              ["Thread", event.threadId],
              ["Queue", event.queueId],
              ["Flag", event.flagId],
              ["Grant", event.grantId],
              ["View", event.viewId],
              ["Decision", event.decisionId],
            ]}
          />
        </Facts>
      </Section>
      <LeafSection event={event} />
    </div>
  );
}

function Ids({ ids }: { ids: ReadonlyArray<readonly [string, string | null]> }) {
  return ids.map(
    ([name, id]) =>
      id && (
        <Fact key={name} name={name}>
          <Mono>{id}</Mono>
        </Fact>
      ),
  );
}

function Mono({ children }: { children: string }) {
  return <span className="font-mono text-[0.93rem] break-all">{children}</span>;
}
