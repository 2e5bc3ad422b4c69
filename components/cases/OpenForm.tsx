"use client";

import { MailOpen, ShieldAlert } from "lucide-react";
import { type FormEvent, type RefObject, useId, useState } from "react";
import type { OpenViewRequest } from "../../contracts/disclosure.ts";
import type { CaseDetail } from "../../contracts/triage.ts";
import { presetReason } from "../../domain/presetReason.ts";
import type { Purpose, Scope } from "../../domain/vocabulary.ts";
import { fieldError } from "../api/ApiError.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { Notice } from "../ui/Notice.tsx";
import { PURPOSE_WORDS, SCOPE_WORDS } from "../words.ts";
import { obstacle, purposesFor } from "./accessWords.ts";

type Props = {
  detail: CaseDetail;
  busy: boolean;
  error: unknown;
  reasonRef: RefObject<HTMLTextAreaElement | null>;
  onOpen: (asked: OpenViewRequest) => void;
};

const WIDER: readonly Scope[] = ["wider_window", "whole_thread"];

/**
 * How a claimed case's thread is opened: a purpose and a reason. The preset needs one press and covers the flagged
 * window; anything wider is an act of its own with a written reason.
 */
export function OpenForm({ detail, busy, error, reasonRef, onOpen }: Props) {
  const { accessOptions, presetPurpose } = detail;
  const purposes = purposesFor(accessOptions, "flagged_window");
  const [chosen, setChosen] = useState<Purpose | null>(null);
  const [reason, setReason] = useState("");
  const [scope, setScope] = useState<Scope>("flagged_window");
  const reasonId = useId();
  const offered = purposesFor(accessOptions, scope);
  const purpose = [chosen, presetPurpose, offered[0]?.purpose].find(
    (one) => one && offered.some((option) => option.purpose === one && !option.blocked),
  );
  const preset =
    purpose && purpose === presetPurpose && scope === "flagged_window" ? presetReason(purpose) : null;
  const written = reason.trim() !== "";
  const reasonError = fieldError(error, "/reason");

  if (!purposes.some(({ blocked }) => !blocked))
    return (
      <Notice tone="warn" title="You cannot open this thread from here">
        {purposes.length > 0
          ? `Every purpose that fits this case ${purposes[0]?.blocked}.`
          : "No flag on this case supports a purpose that your role may state. A flag made by staff opens nothing."}
      </Notice>
    );

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!purpose) return;
    if (written) onOpen({ purpose, scope, reason });
    else if (preset) onOpen({ purpose, scope, preset: true });
    else reasonRef.current?.focus();
  };

  return (
    <form onSubmit={submit} className="grid gap-3">
      <ChoiceChips
        legend="Purpose"
        name="purpose"
        choices={offered.map((option) => ({
          value: option.purpose,
          label: PURPOSE_WORDS[option.purpose],
          blocked: option.blocked,
        }))}
        value={purpose ?? null}
        onChoose={setChosen}
      />
      <div className="grid gap-1">
        <label htmlFor={reasonId} className="heading flex items-center gap-1.5">
          Reason {preset === null ? "(required)" : "(optional: the preset stands if you write none)"}
          <Kbd keys={keyOf("caseReason")} />
        </label>
        <textarea
          id={reasonId}
          ref={reasonRef}
          rows={2}
          maxLength={2000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={preset ?? "Say in a sentence why this thread must be opened"}
          aria-invalid={reasonError ? true : undefined}
          aria-describedby={`${reasonId}-note`}
          className="field resize-y"
        />
        <p id={`${reasonId}-note`} className={reasonError ? "text-danger" : "text-muted"}>
          {reasonError ?? "Committed to the audit log before a word is shown. It cannot be taken back."}
        </p>
      </div>
      <WiderScopes options={accessOptions} scope={scope} onChoose={setScope} />
      {error != null && <Failed error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" busy={busy} keys={written ? undefined : keyOf("caseOpen")}>
          <MailOpen aria-hidden className="size-4" />
          Open the {SCOPE_WORDS[scope].name.toLowerCase()}
        </Button>
        <span className="text-muted">Shows {SCOPE_WORDS[scope].covers}, for a limited time.</span>
      </div>
    </form>
  );
}

type ScopeProps = { options: CaseDetail["accessOptions"]; scope: Scope; onChoose: (scope: Scope) => void };

/** More than the flagged window: behind a control of its own, closed at first. */
function WiderScopes({ options, scope, onChoose }: ScopeProps) {
  const of = (one: Scope) => options.filter((option) => option.scope === one);
  const choices = WIDER.map((one) => {
    const requirements = of(one).map((option) => option.requirement);
    const mildest = requirements.includes("automatic")
      ? "automatic"
      : requirements.find((r) => r !== "never");
    return { value: one, label: SCOPE_WORDS[one].name, blocked: obstacle(mildest) };
  });
  return (
    <details
      onToggle={(event) => !event.currentTarget.open && onChoose("flagged_window")}
      className="rounded border border-line px-3 py-1.5"
    >
      <summary className="text-muted">
        <ShieldAlert aria-hidden className="mr-1.5 inline size-4 align-[-0.2em]" />
        More than the flagged window
      </summary>
      <div className="grid gap-2 py-2">
        <ChoiceChips
          legend="Scope"
          name="scope"
          choices={[{ value: "flagged_window", label: SCOPE_WORDS.flagged_window.name }, ...choices]}
          value={scope}
          onChoose={onChoose}
        />
        <p className="text-muted">
          {choices.every(({ blocked }) => blocked)
            ? `${choices.map(({ label, blocked }) => `${label}: ${blocked}`).join(". ")}. It cannot be opened from here.`
            : "A wider scope takes a reason in your own words and is marked in the audit log."}
        </p>
      </div>
    </details>
  );
}
