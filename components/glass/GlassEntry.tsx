"use client";

import { CircleCheck, CircleQuestionMark, CircleX, ClipboardCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { BreakGlassDto } from "../../contracts/breakGlass.ts";
import { FINDING_WORDS } from "../access/words.ts";
import { useSignedIn } from "../shell/me.tsx";
import { mayTriage, mayWatch } from "../shell/rights.ts";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Fact, Facts } from "../ui/Facts.tsx";
import { Instant, Time } from "../ui/Time.tsx";
import { useNow } from "../ui/useNow.ts";
import { HostileText } from "../view/HostileText.tsx";
import { counted, SCOPE_WORDS } from "../words.ts";

const FINDING_LOOK: Record<keyof typeof FINDING_WORDS, { tone: Tone; Icon: typeof CircleX }> = {
  justified: { tone: "ok", Icon: CircleCheck },
  not_justified: { tone: "danger", Icon: CircleX },
  unclear: { tone: "warn", Icon: CircleQuestionMark },
};

/** One time that the glass was broken. */
export function GlassEntry({ entry, onReview }: { entry: BreakGlassDto; onReview: () => void }) {
  const now = useNow();
  const me = useSignedIn();
  const { review } = entry;
  const running = entry.revokedAt === null && now > 0 && Date.parse(entry.expiresAt) > now;
  const caseHref = mayWatch(me)
    ? `/audit/cases/${entry.caseId}`
    : mayTriage(me)
      ? `/cases/${entry.caseId}`
      : null;
  return (
    <article
      aria-label={`${entry.by.name}, case ${entry.caseNumber}`}
      className="panel grid gap-3 px-4 py-3 lg:grid-cols-[minmax(0,1fr)_22rem]"
    >
      <div className="grid content-start gap-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-base">
            {entry.mine ? "You" : entry.by.name} broke the glass on{" "}
            {caseHref ? (
              <Link href={caseHref} prefetch={false} className="underline">
                case {entry.caseNumber}
              </Link>
            ) : (
              `case ${entry.caseNumber}`
            )}
          </h2>
          <State entry={entry} now={now} />
          {running && <Badge tone="seal">Still runs</Badge>}
        </div>
        <div className="border-l-4 border-danger pl-3">
          <p className="heading">Why</p>
          <HostileText text={entry.reason} />
        </div>
        {review && (
          <div className="border-l-4 border-line pl-3">
            <p className="text-muted">
              {review.by.name} reviewed it <Time at={review.at} both />
            </p>
            <HostileText text={review.note} />
          </div>
        )}
        {entry.may.review && (
          <span>
            <Button look="primary" onClick={onReview}>
              <ClipboardCheck aria-hidden className="size-4" />
              Review
              <span className="sr-only">
                : {entry.by.name}, case {entry.caseNumber}
              </span>
            </Button>
          </span>
        )}
      </div>
      <div className="content-start lg:border-l lg:border-line lg:pl-4">
        <Facts>
          <Fact name="Broken">
            <Time at={entry.brokenAt} both />
          </Fact>
          <Fact name="Covers">{SCOPE_WORDS[entry.scope].name}</Fact>
          <Fact name="Views opened">{counted(entry.views, "view")}</Fact>
          <Fact name={entry.revokedAt ? "Revoked" : "Grant ends"}>
            <Instant at={entry.revokedAt ?? entry.expiresAt} />
          </Fact>
          <Fact name="Taken note">
            {entry.acknowledged.length === 0 ? (
              "Nobody yet"
            ) : (
              <ul>
                {entry.acknowledged.map(({ by, at }) => (
                  <li key={by.id}>
                    {by.name}, <Time at={at} />
                  </li>
                ))}
              </ul>
            )}
          </Fact>
        </Facts>
      </div>
    </article>
  );
}

function State({ entry, now }: { entry: BreakGlassDto; now: number }) {
  const { review } = entry;
  if (review) {
    const { tone, Icon } = FINDING_LOOK[review.finding];
    return (
      <Badge tone={tone}>
        <Icon aria-hidden className="size-3.5" />
        {FINDING_WORDS[review.finding]}
      </Badge>
    );
  }
  const overdue = entry.level > 0 || (now > 0 && Date.parse(entry.reviewDueAt) < now);
  return (
    <>
      <Badge tone={overdue ? "danger" : "warn"}>
        <TriangleAlert aria-hidden className="size-3.5" />
        {overdue ? "Review overdue" : "Review due"} <Time at={entry.reviewDueAt} />
      </Badge>
      {entry.level > 0 && <Badge tone="danger">Escalated, level {entry.level}</Badge>}
      <span className="text-muted">
        <Instant at={entry.reviewDueAt} />
      </span>
    </>
  );
}
