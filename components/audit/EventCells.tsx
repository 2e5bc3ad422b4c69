"use client";

import clsx from "clsx";
import { Ban, Check, Cog, Globe, ServerCog, TriangleAlert, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import type { AuditEvent } from "../../contracts/audit.ts";
import { ACTOR_KINDS, AUDIT_OUTCOMES } from "../../domain/auditActions.ts";
import { Badge } from "../ui/Badge.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { counted } from "../words.ts";
import { denialWords, purposeWords, roleWords } from "./words.ts";

/** The columns of the log on a wide page. Kept in one place, so that head and rows stand in line. */
export const COLUMNS =
  "md:grid md:grid-cols-[12rem_minmax(9rem,1fr)_minmax(11rem,1.2fr)_6rem_minmax(12rem,2fr)_9.5rem] md:items-center md:gap-x-3";

export const COLUMN_TITLES = ["When (UTC)", "Who", "Did what", "Case", "Why", "From"];

const KIND_ICONS = { staff: UserRound, platform: Globe, system: Cog, operator: ServerCog, nobody: Ban };

/** Who acted, in a word: a name where there is one, else what acted. */
export function actorName(event: Pick<AuditEvent, "actor" | "actorKind">): string {
  return event.actor?.name ?? ACTOR_KINDS[event.actorKind];
}

/** When it was: the instant first, since that is what people compare and quote. */
export function WhenCell({ at }: { at: string }) {
  return (
    <span className="min-w-0 truncate max-md:text-muted">
      <span className="font-mono text-[0.93rem] max-md:hidden">{utcWords(at, true).replace(" UTC", "")}</span>
      <span className="block text-[0.857rem] text-muted max-md:inline">
        <Time at={at} />
      </span>
    </span>
  );
}

export function WhoCell({ event }: { event: AuditEvent }) {
  const Icon = KIND_ICONS[event.actorKind];
  const roles = roleWords(event.actorRoles);
  return (
    <span className="min-w-0">
      <span className="flex items-center gap-1.5">
        <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
        <span className="truncate">{actorName(event)}</span>
      </span>
      <span className="block truncate pl-5 text-[0.857rem] text-muted max-md:hidden">
        {roles || ACTOR_KINDS[event.actorKind]}
      </span>
    </span>
  );
}

const OUTCOME_LOOK = {
  done: { Icon: Check, tone: "plain" },
  denied: { Icon: Ban, tone: "danger" },
  failed: { Icon: TriangleAlert, tone: "warn" },
} as const;

/** How it ended. "Done" is the rule and is drawn only where it is asked for. */
export function OutcomeBadge({ event }: { event: Pick<AuditEvent, "outcome" | "denial"> }) {
  const { Icon, tone } = OUTCOME_LOOK[event.outcome];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className="size-3.5" />
      {AUDIT_OUTCOMES[event.outcome]}
      {event.denial && `: ${denialWords(event.denial)}`}
    </Badge>
  );
}

/** The act, whom it was about, and how it ended. `children`: the act in words, which lead to the full record. */
export function ActCell({ event, children }: { event: AuditEvent; children: ReactNode }) {
  return (
    <span className="min-w-0">
      <span className="block truncate">
        {children}
        {event.messages !== null && (
          <span className="text-muted"> · {counted(event.messages, "message")}</span>
        )}
      </span>
      <span className="flex min-w-0 items-center gap-1.5 text-[0.857rem] text-muted">
        {event.outcome !== "done" && <OutcomeBadge event={event} />}
        {event.subjectStaff && <span className="truncate">about {event.subjectStaff.name}</span>}
      </span>
    </span>
  );
}

/** The purpose, and the words of the one who gave them: typed by a person, so drawn as hostile text. */
export function WhyCell({ event, className }: { event: AuditEvent; className?: string }) {
  if (!event.purpose && !event.reason)
    return <span className={clsx("text-muted max-md:hidden", className)}>–</span>;
  return (
    <span className={clsx("min-w-0", className)}>
      {event.purpose && (
        <span className={clsx("block truncate text-[0.857rem] text-muted", event.reason && "max-md:hidden")}>
          {purposeWords(event.purpose)}
        </span>
      )}
      {event.reason && <HostileText text={event.reason} inline className="max-w-full!" />}
    </span>
  );
}
