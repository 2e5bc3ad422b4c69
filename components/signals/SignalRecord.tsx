"use client";

import Link from "next/link";
import type { SignalDetail } from "../../contracts/signals.ts";
import { auditActionLabel } from "../../domain/auditActions.ts";
import { denialWords, purposeWords, scopeWords } from "../audit/words.ts";
import { Badge } from "../ui/Badge.tsx";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Section } from "../ui/Section.tsx";
import { Severity } from "../ui/Severity.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { counted } from "../words.ts";
import { SignalActs } from "./SignalActs.tsx";
import { SignalMarks } from "./SignalItem.tsx";
import { detectorWords, numberName, numberWords, VERDICT_WORDS } from "./words.ts";

type Props = { signal: SignalDetail; onChanged: () => Promise<unknown> };

/** A signal in full: what was found, the numbers behind it, what it stands on, what was done, and what can be. */
export function SignalRecord({ signal, onChanged }: Props) {
  return (
    <div>
      <Section title="What was found" aside={<Severity value={signal.severity} />}>
        <p className="mb-2 flex flex-wrap items-center gap-2">
          <strong>{detectorWords(signal.detector)}</strong>
          <SignalMarks signal={signal} />
        </p>
        <p className="mb-3 max-w-[75ch]">{signal.explanation}</p>
        <Facts>
          <Fact name="About">
            <Link href={`/audit/staff/${signal.subject.id}`} prefetch={false}>
              {signal.subject.name}
            </Link>
          </Fact>
          <Fact name="Between">
            {utcWords(signal.from)} and {utcWords(signal.until)}
          </Fact>
          <Fact name="Raised">
            {utcWords(signal.raisedAt)}
            {signal.occurrences > 1 &&
              `; found ${counted(signal.occurrences, "time")}, last ${utcWords(signal.lastAt)}`}
          </Fact>
          <Fact name="For">{signal.owner?.name ?? "nobody yet"}</Fact>
          {signal.state !== "resolved" && (
            <Fact name="Due">
              <Time at={signal.dueAt} both />
            </Fact>
          )}
          {signal.previousId && (
            <Fact name="Before">
              <Link href={`/signals?signal=${signal.previousId}`} prefetch={false}>
                The same was found and concluded before
              </Link>
            </Fact>
          )}
        </Facts>
      </Section>
      {signal.note && (
        <Section title="Conclusion, as it was written">
          <HostileText text={signal.note} />
          <p className="mt-1 text-muted">
            {signal.resolvedBy?.name}, {signal.resolvedAt && utcWords(signal.resolvedAt)}
          </p>
        </Section>
      )}
      <Section title="The numbers">
        <Facts>
          {Object.entries(signal.numbers).map(([name, value]) => (
            <Fact key={name} name={numberName(name)}>
              {numberWords(name, value)}
            </Fact>
          ))}
          <Fact name="Detector">
            {signal.detector}, version {signal.version}
          </Fact>
        </Facts>
      </Section>
      {signal.views.length > 0 && <Views views={signal.views} />}
      {signal.events.length > 0 && (
        <Section title={counted(signal.events.length, "event it stands on", "events it stands on")}>
          <ul className="grid gap-1">
            {signal.events.map((event) => (
              <li key={event.id}>
                <Link href={`/audit/events/${event.id}`} prefetch={false}>
                  {utcWords(event.at, true)}
                </Link>{" "}
                {auditActionLabel(event.action)}
                {event.denial && <span className="text-muted"> · denied: {denialWords(event.denial)}</span>}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <SignalActs signal={signal} onChanged={onChanged} />
      <Section title="What was done with it">
        <ul className="grid gap-1">
          {signal.history.map((one) => (
            <li key={one.id}>
              <span className="text-muted">{utcWords(one.at)}</span> {auditActionLabel(one.action)}
              {one.by && `, ${one.by.name}`}
              {one.level !== null && ` (level ${one.level})`}
              {one.reason && <HostileText text={one.reason} />}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

function Views({ views }: { views: SignalDetail["views"] }) {
  return (
    <Section title={counted(views.length, "view it stands on", "views it stands on")}>
      <ul className="grid gap-2">
        {views.map((view) => (
          <li key={view.id} className="border-b border-line pb-2 last:border-b-0">
            <span className="flex flex-wrap items-center gap-x-2.5">
              <span className="font-mono text-[0.93rem]">{utcWords(view.openedAt)}</span>
              <Link href={`/audit/cases/${view.case.id}`} prefetch={false}>
                {view.case.number === null ? "Case" : `Case ${view.case.number}`}
              </Link>
              <span className="text-muted">
                {purposeWords(view.purpose)} · {scopeWords(view.scope)} · {counted(view.messages, "message")}
              </span>
              {view.review && (
                <Link href={`/reviews?review=${view.review.id}`} prefetch={false}>
                  <Badge tone={view.review.verdict === null ? "warn" : "plain"}>
                    {view.review.verdict === null ? "To review" : VERDICT_WORDS[view.review.verdict]}
                  </Badge>
                </Link>
              )}
            </span>
            <HostileText text={view.reason} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
