"use client";

import { ArrowUpNarrowWide, Hand } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { SignalDetail } from "../../contracts/signals.ts";
import { CONCLUSIONS, type Conclusion } from "../../domain/signals/signal.ts";
import { fieldError } from "../api/ApiError.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Section } from "../ui/Section.tsx";
import { escalateSignal, ownSignal, resolveSignal } from "./api.ts";
import { CONCLUSION_MEANS, CONCLUSION_WORDS } from "./words.ts";

type Props = { signal: SignalDetail; onChanged: () => Promise<unknown> };

/** What an officer can do with a signal: take it on, conclude it in writing, lift it. Nothing else ends it. */
export function SignalActs({ signal, onChanged }: Props) {
  const { show } = useToasts();
  const [lifting, setLifting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (signal.state === "resolved") return null;
  const act = async (what: () => Promise<unknown>, said: string): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await what();
      show({ id: `signal-${signal.id}`, title: said });
      setLifting(false);
    } catch (refusal) {
      setError(refusal);
    } finally {
      await onChanged();
      setBusy(false);
    }
  };
  return (
    <Section title="What you can do">
      <div className="grid gap-3">
        {error != null && <Failed error={error} />}
        <div className="flex flex-wrap gap-2">
          {signal.mayOwn && (
            <Button
              look="primary"
              busy={busy}
              onClick={() => void act(() => ownSignal(signal.id), "The signal is yours to conclude")}
            >
              <Hand aria-hidden className="size-4" />
              {signal.state === "owned" ? `Take it over from ${signal.owner?.name}` : "Take it on"}
            </Button>
          )}
          {signal.mayEscalate && !lifting && (
            <Button onClick={() => setLifting(true)}>
              <ArrowUpNarrowWide aria-hidden className="size-4" />
              Escalate
            </Button>
          )}
        </div>
        {!signal.mayOwn && !signal.mayResolve && (
          <p className="text-muted">
            {signal.owner?.name} has taken it on. It can be taken over once it has escalated.
          </p>
        )}
        {lifting && (
          <WrittenAct
            label="Why it should not wait"
            verb="Escalate"
            busy={busy}
            error={error}
            onCancel={() => setLifting(false)}
            onWritten={(note) =>
              void act(() => escalateSignal(signal.id, { note }), "The signal has been escalated")
            }
          />
        )}
        {signal.mayResolve && (
          <Conclude
            busy={busy}
            error={error}
            onConclude={(conclusion, note) =>
              void act(() => resolveSignal(signal.id, { conclusion, note }), "The signal has been concluded")
            }
          />
        )}
      </div>
    </Section>
  );
}

type WrittenProps = {
  label: string;
  verb: string;
  busy: boolean;
  error: unknown;
  onCancel: () => void;
  onWritten: (note: string) => void;
};

function WrittenAct({ label, verb, busy, error, onCancel, onWritten }: WrittenProps) {
  const [note, setNote] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onWritten(note);
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <NoteField
        label={label}
        value={note}
        onChange={setNote}
        most={2000}
        error={fieldError(error, "/note")}
      />
      <div className="flex gap-2">
        <Button type="submit" look="primary" busy={busy}>
          {verb}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

type ConcludeProps = {
  busy: boolean;
  error: unknown;
  onConclude: (conclusion: Conclusion, note: string) => void;
};

function Conclude({ busy, error, onConclude }: ConcludeProps) {
  const [conclusion, setConclusion] = useState<Conclusion | null>(null);
  const [missing, setMissing] = useState(false);
  const [note, setNote] = useState("");
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(conclusion === null);
    if (conclusion) onConclude(conclusion, note);
  };
  return (
    <form onSubmit={submit} aria-labelledby={id} className="grid gap-2 border-t border-line pt-3">
      <h3 id={id} className="font-semibold">
        Conclude it
      </h3>
      <ChoiceChips
        legend="Conclusion"
        name="conclusion"
        choices={CONCLUSIONS.map((value) => ({ value, label: CONCLUSION_WORDS[value] }))}
        value={conclusion}
        onChoose={setConclusion}
      />
      {conclusion && <p className="text-muted">{CONCLUSION_MEANS[conclusion]}</p>}
      <div role="status" className="contents">
        {missing && conclusion === null && (
          <p className="font-semibold text-danger">Choose the conclusion first.</p>
        )}
      </div>
      <NoteField
        label="What you found, and how"
        value={note}
        onChange={setNote}
        most={4000}
        error={fieldError(error, "/note")}
        help="It is kept for good, and the conclusion cannot be taken back."
      />
      <div>
        <Button type="submit" look="primary" busy={busy}>
          Conclude
        </Button>
      </div>
    </form>
  );
}
