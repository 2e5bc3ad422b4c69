"use client";

import { MailOpen, Stamp } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { ReportDetail } from "../../contracts/cybertip.ts";
import type { Scope } from "../../domain/vocabulary.ts";
import { errorWords, fieldError } from "../api/ApiError.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Notice } from "../ui/Notice.tsx";
import type { Resealed } from "../view/viewMachine.ts";
import { counted } from "../words.ts";

const SCOPES = [
  { value: "flagged_window", label: "With the flagged window" },
  { value: "whole_thread", label: "With the whole thread" },
] as const;
type Offered = (typeof SCOPES)[number]["value"];

const RESEALED: Partial<Record<Resealed, string>> = {
  expired: "The view has run out. What was written until then is saved.",
  hidden: "Sealed while the page was out of sight. What was written until then is saved.",
  left: "Sealed when the page was left.",
  revoked: "The view was ended: the grant was revoked, or the policy no longer allows it.",
};

type Props = {
  report: ReportDetail;
  busy: boolean;
  error: unknown;
  why: Resealed | null;
  onOpen: (scope: Scope, reason: string) => void;
  /** Opens it once more under the grant that runs; null where there is none. */
  onGoOn: (() => void) | null;
};

/** A report is as sealed as its thread: a reason is committed before a word of either is shown. */
export function OpenDraft({ report, busy, error, why, onOpen, onGoOn }: Props) {
  const id = useId();
  const [reason, setReason] = useState("");
  const [scope, setScope] = useState<Offered>("flagged_window");
  const onReason = fieldError(error, "/reason");
  const words = error == null || onReason ? null : errorWords(error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onOpen(scope, reason);
  };
  return (
    <section
      aria-label="Sealed report"
      className="mx-auto mt-4 max-w-2xl overflow-clip rounded-md border border-seal-line bg-seal max-md:mx-3"
    >
      <div aria-hidden className="flap" />
      <div className="relative -mt-5 flex flex-col items-center gap-1 px-4 pb-3 text-center text-seal-ink">
        <span className="rounded-full border-2 border-seal-line bg-seal p-2">
          <Stamp aria-hidden className="size-5" />
        </span>
        <h2 className="text-base">The report is sealed</h2>
        <p>
          {report.revision === 0
            ? "Nothing has been written yet. It is filled in from the thread, which must be opened for it."
            : `Revision ${report.revision}, about a thread of ${counted(report.messageCount, "message")}.`}
        </p>
      </div>
      <form onSubmit={submit} className="grid gap-3 border-t border-seal-line bg-surface px-4 py-3">
        {why && RESEALED[why] && <Notice announce="status" title={RESEALED[why]} />}
        {onGoOn && (
          <p className="flex flex-wrap items-center gap-2 border-b border-line pb-3">
            <Button look="primary" busy={busy} onClick={onGoOn}>
              <MailOpen aria-hidden className="size-4" />
              Go on
            </Button>
            <span className="text-muted">For the reason that you gave; it still holds.</span>
          </p>
        )}
        <ChoiceChips
          legend="Open it"
          name={`${id}-scope`}
          choices={SCOPES}
          value={scope}
          onChoose={setScope}
        />
        <div className="grid gap-1">
          <label htmlFor={id} className="heading">
            Reason
          </label>
          <textarea
            id={id}
            required
            rows={2}
            maxLength={2000}
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            placeholder={`Say in a sentence why report ${report.number} is opened`}
            aria-invalid={onReason ? true : undefined}
            aria-describedby={`${id}-note`}
            className="field resize-y"
          />
          <p id={`${id}-note`} className={onReason ? "text-danger" : "text-muted"}>
            {onReason ?? "Committed to the audit log before a word is shown. It cannot be taken back."}
          </p>
        </div>
        {words && (
          <Notice tone="warn" announce="alert" title={words.title}>
            {words.detail}
          </Notice>
        )}
        <div>
          <Button type="submit" look={onGoOn ? "secondary" : "primary"} busy={busy}>
            <MailOpen aria-hidden className="size-4" />
            Open the report
          </Button>
        </div>
      </form>
    </section>
  );
}
