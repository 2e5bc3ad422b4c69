"use client";

import clsx from "clsx";
import { Flag, Lock, LockOpen, UserRoundCheck, UserRoundX } from "lucide-react";
import Link from "next/link";
import type { CaseDetail } from "../../contracts/triage.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Severity } from "../ui/Severity.tsx";
import { Instant, Time } from "../ui/Time.tsx";
import { clockWords } from "../ui/timeWords.ts";
import { useNow } from "../ui/useNow.ts";
import { CATEGORY_WORDS } from "../words.ts";
import type { Claim } from "./useClaim.ts";

type Props = {
  detail: CaseDetail;
  claim: Claim;
  /** Whether to offer claiming at all. */
  mayTriage: boolean;
  busy: boolean;
  onClaim: () => void;
  onRelease: () => void;
  onRaiseFlag: () => void;
};

/** What the case is, how it stands and who has it. */
export function CaseHead({ detail, claim, mayTriage, busy, onClaim, onRelease, onRaiseFlag }: Props) {
  const { case: row } = detail;
  const now = useNow();
  const overdue = row.state === "open" && now > 0 && Date.parse(row.dueAt) < now;
  const open = row.state === "open";
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-surface px-4 py-2.5">
      <div className="min-w-0">
        <p className="text-muted">
          <Link href="/queues" prefetch={false}>
            Queues
          </Link>{" "}
          /{" "}
          <Link href={`/queues/${row.queue.id}`} prefetch={false}>
            {row.queue.name}
          </Link>
        </p>
        <h1 className="text-lg leading-tight">Case {row.number}</h1>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <Severity value={row.severity} />
        <Badge>{CATEGORY_WORDS[row.category]}</Badge>
        {row.restrictedSubject && (
          <Badge tone="seal" title="Only staff cleared for this subject see this case">
            <Lock aria-hidden className="size-3.5" />
            Restricted
          </Badge>
        )}
        {!open && <Badge tone="ok">Decided {row.decidedAt && <Time at={row.decidedAt} />}</Badge>}
      </div>
      {open && (
        <p className={clsx("leading-tight", overdue && "font-semibold text-danger")}>
          {overdue ? "Overdue: was due " : "Due "}
          <Time at={row.dueAt} />
          <span className="block font-normal text-muted">
            <Instant at={row.dueAt} />
          </span>
        </p>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {open && <ClaimState detail={detail} claim={claim} />}
        {open && mayTriage && !claim.mine && !heldByAnother(detail, now) && (
          <Button look="primary" keys={keyOf("caseClaim")} busy={busy} onClick={onClaim}>
            Claim
          </Button>
        )}
        {open && claim.mine && (
          <Button busy={busy} onClick={onRelease}>
            <LockOpen aria-hidden className="size-4" />
            Release
          </Button>
        )}
        {open && mayTriage && (
          <Button onClick={onRaiseFlag}>
            <Flag aria-hidden className="size-4" />
            Raise a flag
          </Button>
        )}
      </div>
    </div>
  );
}

/** Whether someone else's lease stands. */
export function heldByAnother(detail: CaseDetail, now: number): boolean {
  const { claim } = detail.case;
  return claim !== null && !claim.mine && Date.parse(claim.expiresAt) > now;
}

function ClaimState({ detail, claim }: { detail: CaseDetail; claim: Claim }) {
  const now = useNow("second");
  const left = claim.expiresAt - now;
  if (claim.mine)
    return (
      <span
        title="Your claim lasts three minutes and is kept up while this page is open"
        className={clsx(
          "inline-flex items-center gap-1.5",
          left < 60_000 ? "font-semibold text-warn" : "text-accent",
        )}
      >
        <UserRoundCheck aria-hidden className="size-4" />
        Claimed by you
        {now > 0 && <span aria-hidden>· {clockWords(left)}</span>}
      </span>
    );
  if (!heldByAnother(detail, now)) return <span className="text-muted">Not claimed</span>;
  return (
    <span className="inline-flex items-center gap-1.5 text-muted">
      <UserRoundX aria-hidden className="size-4" />
      Claimed by {detail.case.claim?.by.name}
    </span>
  );
}
