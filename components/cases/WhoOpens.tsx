import { UserRoundCheck } from "lucide-react";
import type { ReactNode } from "react";
import type { CaseDetail } from "../../contracts/triage.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useNow } from "../ui/useNow.ts";
import { heldByAnother } from "./CaseHead.tsx";
import type { Claim } from "./useClaim.ts";

type Props = {
  detail: CaseDetail;
  claim: Claim;
  may: boolean;
  busy: boolean;
  onClaim: () => void;
  /** How many ways lead in. */
  ways: number;
  children: ReactNode;
};

/** Who may open: the one who holds the case, and others for purposes of their own. Everyone else learns what is missing. */
export function WhoOpens({ detail, claim, may, busy, onClaim, ways, children }: Props) {
  const now = useNow();
  const decided = detail.case.state === "decided";
  if (!may && !decided)
    return (
      <p className="text-center text-muted">
        Your role sees what is on the outside and never opens a thread.
      </p>
    );
  if (claim.mine && !decided) return children;
  const other = heldByAnother(detail, now);
  return (
    <div className="grid gap-3">
      {claim.lost && !decided && (
        <Notice tone="warn" announce="alert" title="You no longer hold this case">
          What was open is wiped. {other ? "Someone else works on it now." : "Claim it again to go on."}
        </Notice>
      )}
      {decided ? (
        <p className="text-center text-muted">Decided: it stays sealed. A new flag would open a new case.</p>
      ) : other ? (
        <p className="text-center text-muted">
          {detail.case.claim?.by.name} works on this case. It is free again when they decide, release it or
          leave.
        </p>
      ) : (
        <div className="flex flex-col items-center gap-2">
          <p className="text-muted">Claim the case to open its thread.</p>
          <Button look="primary" keys={keyOf("caseClaim")} busy={busy} onClick={onClaim}>
            <UserRoundCheck aria-hidden className="size-4" />
            Claim this case
          </Button>
        </div>
      )}
      {ways > 0 && (
        <details className="rounded border border-line px-3 py-1.5">
          <summary className="text-muted">Open it for another purpose</summary>
          <div className="py-2">{children}</div>
        </details>
      )}
    </div>
  );
}
