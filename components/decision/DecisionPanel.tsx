"use client";

import { CircleCheck, Gavel, MoveUpRight } from "lucide-react";
import { useId, useRef, useState } from "react";
import type { CaseDetail, DecideResult } from "../../contracts/triage.ts";
import { type Action, OUTCOMES, type Outcome } from "../../domain/vocabulary.ts";
import { fieldError } from "../api/ApiError.ts";
import { decideCase } from "../api/endpoints.ts";
import { keyOf, SHORTCUTS } from "../shell/shortcuts.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { ACTION_WORDS, OUTCOME_WORDS } from "../words.ts";
import { type Draft, EMPTY_DRAFT, finish, VIOLATION_ACTIONS, withOutcome } from "./draft.ts";
import { PolicyPicker } from "./PolicyPicker.tsx";

type Props = {
  detail: CaseDetail;
  /** The thread was opened on this page in this claim. */
  viewed: boolean;
  onDecided: (result: DecideResult, outcome: Outcome) => void;
};

const OUTCOME_LOOK: Record<Outcome, { Icon: typeof Gavel; keys: string }> = {
  violation: { Icon: Gavel, keys: keyOf("decideViolation") },
  no_violation: { Icon: CircleCheck, keys: keyOf("decideNoViolation") },
  escalate: { Icon: MoveUpRight, keys: keyOf("decideEscalate") },
};
const MISSING = {
  outcome: "Choose the outcome first.",
  policy: "Name the policy that was violated.",
  action: "Choose what the platform is told to do.",
};

/** The decision on a claimed case: outcome, policy, action, note. Made with the keyboard from start to end. */
export function DecisionPanel({ detail, viewed, onDecided }: Props) {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [missing, setMissing] = useState<keyof typeof MISSING | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const policyInput = useRef<HTMLInputElement>(null);
  const actions = useRef<HTMLDivElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const noteId = useId();
  const escalatesTo = detail.case.escalatesTo;

  const change = (after: Draft): void => {
    setDraft(after);
    setMissing(null);
  };
  const choose = (outcome: Outcome, focus: boolean): void => {
    if (outcome === "escalate" && !escalatesTo) return;
    change(withOutcome(draft, outcome));
    if (focus && outcome === "violation") requestAnimationFrame(() => policyInput.current?.focus());
  };
  const choosePolicy = (policyId: string): void => {
    change({ ...draft, policyId });
    // On to the action, so that its number or the arrow keys choose it.
    requestAnimationFrame(() => actions.current?.querySelector<HTMLElement>("input:not(:disabled)")?.focus());
  };
  const chooseAction = (action: Action): void => change({ ...draft, action });

  const submit = async (): Promise<void> => {
    if (busy) return;
    const done = finish(draft);
    if ("missing" in done) {
      setMissing(done.missing);
      if (done.missing === "policy") policyInput.current?.focus();
      return;
    }
    setBusy(true);
    setError(null);
    try {
      onDecided(await decideCase(detail.case.id, done.request), done.request.outcome);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  useShortcuts({
    decideViolation: () => choose("violation", true),
    decideNoViolation: () => choose("no_violation", true),
    decideEscalate: escalatesTo ? () => choose("escalate", true) : undefined,
    decideAction:
      draft.outcome === "violation"
        ? (event) => {
            const action = VIOLATION_ACTIONS[Number(event.key) - 1];
            if (!action) return;
            chooseAction(action);
            actions.current?.querySelector<HTMLElement>(`input[value="${action}"]`)?.focus();
          }
        : undefined,
    decideNote: () => note.current?.focus(),
    decideSubmit: () => void submit(),
  });

  return (
    <section aria-label="Decision" className="grid gap-3 px-4 py-3">
      <h2 className="text-base">Decision</h2>
      <ChoiceChips
        legend="Outcome"
        name="outcome"
        choices={OUTCOMES.map((value) => {
          const { Icon, keys } = OUTCOME_LOOK[value];
          return {
            value,
            label: (
              <>
                <Icon aria-hidden className="size-4" />
                {OUTCOME_WORDS[value]}
                <Kbd keys={keys} />
              </>
            ),
            blocked: value === "escalate" && !escalatesTo ? "this queue escalates to no other" : undefined,
          };
        })}
        value={draft.outcome}
        onChoose={(outcome) => choose(outcome, false)}
      />
      {draft.outcome === "escalate" && escalatesTo && (
        <p>
          The case goes to the queue <strong>{escalatesTo.name}</strong>.
        </p>
      )}
      {draft.outcome === "no_violation" && <p className="text-muted">The platform is told to do nothing.</p>}
      {draft.outcome === "violation" && (
        <>
          <div>
            <p className="heading mb-1">Policy</p>
            <PolicyPicker
              policies={detail.policies}
              category={detail.case.category}
              value={draft.policyId}
              inputRef={policyInput}
              invalid={missing === "policy"}
              onChoose={choosePolicy}
            />
          </div>
          <div ref={actions}>
            <ChoiceChips
              legend="Action"
              name="action"
              choices={VIOLATION_ACTIONS.map((value, index) => ({
                value,
                label: (
                  <>
                    {ACTION_WORDS[value]}
                    <Kbd keys={SHORTCUTS.decideAction.keys[index] ?? ""} />
                  </>
                ),
              }))}
              value={draft.action}
              onChoose={chooseAction}
            />
          </div>
        </>
      )}
      <div className="grid gap-1">
        <label htmlFor={noteId} className="heading flex items-center gap-1.5">
          Note (optional)
          <Kbd keys={keyOf("decideNote")} />
        </label>
        <textarea
          id={noteId}
          ref={note}
          rows={3}
          maxLength={4000}
          autoComplete="off"
          value={draft.note}
          onChange={(event) => change({ ...draft, note: event.target.value })}
          aria-invalid={fieldError(error, "/note") ? true : undefined}
          aria-describedby={`${noteId}-help`}
          className="field resize-y"
        />
        <p id={`${noteId}-help`} className={fieldError(error, "/note") ? "text-danger" : "text-muted"}>
          {fieldError(error, "/note") ?? "Say why, without quoting messages: the note is not sealed."}
        </p>
      </div>
      <div role="status" className="contents">
        {missing && <p className="font-semibold text-danger">{MISSING[missing]}</p>}
      </div>
      {error != null && <Failed error={error} />}
      <Button look="primary" busy={busy} keys={keyOf("decideSubmit")} onClick={() => void submit()}>
        Decide
      </Button>
      {!viewed && (
        <p className="text-muted">
          You have not opened the thread on this page. You may decide without; the record says so.
        </p>
      )}
    </section>
  );
}
