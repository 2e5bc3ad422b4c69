"use client";

import { MessageSquareQuote } from "lucide-react";
import { useState } from "react";
import type { FilingAnswer, FilingStep, ReportDetail } from "../../contracts/cybertip.ts";
import { meaningOf } from "../../domain/cybertip/responseCodes.ts";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Notice } from "../ui/Notice.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { readAnswer } from "./api.ts";
import { CALL_WORDS } from "./words.ts";

type Props = { report: ReportDetail; viewId: string };

/**
 * What NCMEC's service said when it last refused a call. It may quote the report, so it is asked for under the view that
 * is open and goes when that does.
 */
export function ServiceSaid({ report, viewId }: Props) {
  const [said, setSaid] = useState<FilingAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const step = lastRefused(report);
  if (!step) return null;
  const ask = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setSaid(await readAnswer(report.id, viewId, step.id));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const code = step.code ?? 0;
  return (
    <section aria-label="What the service said" className="grid gap-2 px-4 pb-3">
      <Notice
        tone="warn"
        title={`NCMEC’s service refused it: ${CALL_WORDS[step.kind].toLowerCase()}, code ${code}`}
        actions={
          said === null && (
            <Button small busy={busy} onClick={() => void ask()}>
              <MessageSquareQuote aria-hidden className="size-4" />
              What did it say?
            </Button>
          )
        }
      >
        {meaningOf(code).next}
        {step.fileNo !== null && ` It is about file ${step.fileNo}.`}
        {said && (
          <div role="status" className="mt-2 rounded border border-line bg-surface p-2">
            <HostileText text={said.description || said.answer} />
          </div>
        )}
      </Notice>
      {error != null && <Failed error={error} />}
    </section>
  );
}

/** The call at which the last attempt was refused, where its answer was kept. */
function lastRefused({ state, attempts }: ReportDetail): FilingStep | null {
  if (state === "filed" || state === "filing") return null;
  const steps = attempts.at(-1)?.steps ?? [];
  return (
    steps.findLast((one) => one.state === "refused" && one.kind !== "retract" && one.answerSha256 !== null) ??
    null
  );
}
