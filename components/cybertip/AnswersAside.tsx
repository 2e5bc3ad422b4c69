"use client";

import { useState } from "react";
import type { FilingAnswer, ReportDetail } from "../../contracts/cybertip.ts";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { readAnswer } from "./api.ts";
import { CALL_WORDS } from "./words.ts";

type Step = ReportDetail["attempts"][number]["steps"][number];

/** The calls that the service did not take and to which it said something. */
export const answeredSteps = ({ attempts }: Pick<ReportDetail, "attempts">): Step[] =>
  attempts
    .flatMap(({ steps }) => steps)
    .filter(({ state, answerSha256 }) => state === "refused" && answerSha256 !== null);

/** What the service said when it refused. It may quote the report, so it is read under the view and goes with it. */
export function AnswersAside({ report, viewId }: { report: ReportDetail; viewId: string }) {
  const steps = answeredSteps(report).slice(-5).reverse();
  if (steps.length === 0) return null;
  return (
    <section aria-label="Answers of the service" className="panel grid gap-2 px-3 py-2.5">
      <h3 className="heading">What the service said</h3>
      {steps.map((step) => (
        <Answer key={step.id} reportId={report.id} step={step} viewId={viewId} />
      ))}
    </section>
  );
}

function Answer({ reportId, step, viewId }: { reportId: string; step: Step; viewId: string }) {
  const [answer, setAnswer] = useState<FilingAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const read = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setAnswer(await readAnswer(reportId, { viewId, stepId: step.id }));
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      <p className="text-muted">
        {CALL_WORDS[step.kind]}
        {step.fileNo !== null && `, file ${step.fileNo}`} · {utcWords(step.begunAt, true)}
        {step.code !== null && ` · ${step.code}`}
      </p>
      {answer ? (
        <HostileText text={answer.description ?? answer.answer} />
      ) : (
        <Button small busy={busy} onClick={() => void read()}>
          Read its answer
        </Button>
      )}
      {error != null && <Failed error={error} />}
    </div>
  );
}
