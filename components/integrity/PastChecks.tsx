"use client";

import { CircleCheck, CircleDashed, OctagonX } from "lucide-react";
import Link from "next/link";
import type { Verification, VerificationResult } from "../../contracts/integrity.ts";
import { INTEGRITY_FINDINGS } from "../../domain/integrityFindings.ts";
import { durationWords } from "../audit/words.ts";
import { Badge } from "../ui/Badge.tsx";
import { FoldingSection } from "../ui/FoldingSection.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Time } from "../ui/Time.tsx";
import { counted } from "../words.ts";

const LOOK = {
  sound: { tone: "ok", Icon: CircleCheck, words: "sound" },
  unsound: { tone: "danger", Icon: OctagonX, words: "NOT sound" },
  cancelled: { tone: "plain", Icon: CircleDashed, words: "cancelled" },
  broken: { tone: "warn", Icon: CircleDashed, words: "could not be finished" },
} as const;

/** The verdict of the newest check that came to an end, and the earlier ones. */
export function PastChecks({ checks }: { checks: readonly Verification[] }) {
  const newest = checks.find(({ state }) => state !== "cancelled");
  if (!newest)
    return (
      <p className="px-4 pb-3 text-muted">Nobody has had the log checked from here yet. “Verify now” does.</p>
    );
  const earlier = checks.filter((check) => check !== newest);
  return (
    <div className="mb-3 grid gap-2 px-4">
      <Verdict check={newest} />
      {earlier.length > 0 && (
        <FoldingSection title="Earlier checks">
          <ul className="grid gap-1">
            {earlier.map((check) => (
              <li key={check.id} className="flex flex-wrap items-center gap-x-2">
                <State check={check} />
                <Time at={check.endedAt ?? check.askedAt} both />
                <span className="text-muted">
                  {check.result && counted(check.result.size, "event")} · asked for by {check.askedBy.name}
                </span>
              </li>
            ))}
          </ul>
        </FoldingSection>
      )}
    </div>
  );
}

function State({ check }: { check: Verification }) {
  const look = LOOK[check.state as keyof typeof LOOK];
  return (
    <Badge tone={look.tone}>
      <look.Icon aria-hidden className="size-3.5" />
      {look.words}
    </Badge>
  );
}

function Verdict({ check }: { check: Verification }) {
  const { result } = check;
  const when = <Time at={check.endedAt ?? check.askedAt} both />;
  if (check.state === "sound" && result)
    return (
      <Notice tone="ok" title="The log is sound" announce="status">
        <Looked result={result} /> Nothing was changed, taken out, put in or moved. Checked {when}.
      </Notice>
    );
  if (check.state === "unsound" && result)
    return (
      <Notice tone="danger" title="The log is NOT sound" announce="alert">
        <p>
          <Looked result={result} /> Checked {when}. No part of the console can cause what was found: somebody
          reached the database itself. Leave everything as it is, tell the operator, and compare with a copy
          outside.
        </p>
        <ul className="mt-2 grid gap-2">
          {result.findings.map((finding) => (
            <Finding key={finding.kind} finding={finding} />
          ))}
        </ul>
      </Notice>
    );
  return (
    <Notice tone="warn" title="The last check could not be finished" announce="status">
      Nothing is known from it. The worker’s log says why. Ask again; it ended {when}.
    </Notice>
  );
}

function Looked({ result }: { result: VerificationResult }) {
  return (
    <>
      {counted(result.leaves, "leaf", "leaves")}, {counted(result.tiles, "tile")},{" "}
      {counted(result.checkpoints, "signed checkpoint")} and {counted(result.events, "event")} were worked out
      anew and compared in {durationWords(result.seconds)}.
      {result.forgotten > 0 &&
        ` Of ${counted(result.forgotten, "event")} a reason, particulars or an address is gone; the leaves are whole.`}
      {result.waiting > 0 && ` ${counted(result.waiting, "leaf", "leaves")} had no place yet.`}
    </>
  );
}

function Finding({ finding }: { finding: VerificationResult["findings"][number] }) {
  const { title, meaning } = INTEGRITY_FINDINGS[finding.kind];
  return (
    <li>
      <strong>
        {title}
        {finding.count > 1 && ` (${finding.count.toLocaleString("en-GB")} times)`}
      </strong>
      <span className="block">{meaning}</span>
      <span className="block text-muted">
        {finding.first.map((at, n) => (
          <span key={`${at.index} ${at.eventId} ${at.size}`}>
            {n > 0 && "; "}
            {at.size !== undefined && `checkpoint over ${at.size.toLocaleString("en-GB")}`}
            {at.size !== undefined && at.index !== undefined && ", "}
            {at.index !== undefined && `place ${at.index.toLocaleString("en-GB")}`}
            {at.eventId && (
              <>
                {at.index !== undefined && ", "}
                <Link href={`/audit/events/${at.eventId}`} prefetch={false}>
                  event
                </Link>
              </>
            )}
          </span>
        ))}
        {finding.count > finding.first.length && " …"}
      </span>
    </li>
  );
}
