"use client";

import { type FormEvent, useState } from "react";
import { VERDICTS, type Verdict } from "../../domain/signals/signal.ts";
import { fieldError } from "../api/ApiError.ts";
import { useToasts } from "../shell/toasts.tsx";
import { VERDICT_WORDS } from "../signals/words.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Section } from "../ui/Section.tsx";
import { giveVerdict } from "./api.ts";
import { VERDICT_MEANS } from "./words.ts";

type Props = { reviewId: string; onChanged: () => Promise<unknown> };

/** The verdict on an act, with the words for it. Given once. */
export function VerdictForm({ reviewId, onChanged }: Props) {
  const { show } = useToasts();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMissing(verdict === null);
    if (verdict === null) return;
    setBusy(true);
    setError(null);
    try {
      const { signalId } = await giveVerdict(reviewId, { verdict, note });
      show({ id: `review-${reviewId}`, title: signalId ? "Reviewed: a signal has been raised" : "Reviewed" });
      await onChanged();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Section title="Your verdict">
      <form onSubmit={(event) => void submit(event)} className="grid gap-2">
        <ChoiceChips
          legend="Verdict"
          hideLegend
          name="verdict"
          choices={VERDICTS.map((value) => ({ value, label: VERDICT_WORDS[value] }))}
          value={verdict}
          onChoose={setVerdict}
        />
        {verdict && <p className="text-muted">{VERDICT_MEANS[verdict]}</p>}
        <div role="status" className="contents">
          {missing && verdict === null && (
            <p className="font-semibold text-danger">Choose the verdict first.</p>
          )}
        </div>
        <NoteField
          label="What you held against what"
          value={note}
          onChange={setNote}
          most={4000}
          error={fieldError(error, "/note")}
          help="It is kept for good, and the verdict cannot be taken back."
        />
        {error != null && <Failed error={error} />}
        <div>
          <Button type="submit" look="primary" busy={busy}>
            Give the verdict
          </Button>
        </div>
      </form>
    </Section>
  );
}
