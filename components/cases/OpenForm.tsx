"use client";

import { MailOpen, Send, ShieldAlert } from "lucide-react";
import { type FormEvent, type RefObject, useId, useState } from "react";
import type { AccessOption, CaseDetail } from "../../contracts/triage.ts";
import { presetReason } from "../../domain/presetReason.ts";
import { type Purpose, SCOPES, type Scope } from "../../domain/vocabulary.ts";
import { firstPurpose, purposesOf, wayOf } from "../access/ways.ts";
import { REQUIREMENT_SAYS, REQUIREMENT_WORDS } from "../access/words.ts";
import { codeOf, errorWords, fieldError } from "../api/ApiError.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { Notice } from "../ui/Notice.tsx";
import { PURPOSE_WORDS, SCOPE_WORDS } from "../words.ts";

/** What a person asks for: how it opens is the policy's to say. `reason` is null where the preset stands. */
export type Ask = {
  purpose: Purpose;
  scope: Scope;
  reason: string | null;
  ticket: string | null;
  reference: string | null;
  participantId: string | null;
};

type Props = {
  detail: CaseDetail;
  /** What may be asked for here, with what the policy wants for it. */
  ways: readonly AccessOption[];
  /** The preset of a claimed case may be used. */
  withPreset: boolean;
  busy: boolean;
  error: unknown;
  reasonRef: RefObject<HTMLTextAreaElement | null>;
  onAsk: (ask: Ask, way: AccessOption) => void;
};

/**
 * How a thread is opened: a purpose, a scope and a reason. What the policy wants is said before anything is asked. The
 * preset needs one press and covers the flagged window; anything wider is an act of its own with a written reason.
 */
export function OpenForm({ detail, ways, withPreset, busy, error, reasonRef, onAsk }: Props) {
  const { presetPurpose } = detail;
  const [chosen, setChosen] = useState<Purpose | null>(null);
  const [wantedScope, setScope] = useState<Scope>("flagged_window");
  const [reason, setReason] = useState("");
  const [ticket, setTicket] = useState("");
  const [reference, setReference] = useState("");
  const [participant, setParticipant] = useState("");
  const id = useId();
  const purpose = firstPurpose(ways, [chosen, withPreset ? presetPurpose : null]);
  const way = wayOf(ways, purpose, wantedScope) ?? ways.find((one) => one.purpose === purpose);
  if (!purpose || !way)
    return (
      <Notice tone="warn" title="You cannot open this thread from here">
        No flag on this case supports a purpose that your role may state. A flag made by staff opens nothing.
      </Notice>
    );

  const { scope, requirement } = way;
  const preset =
    withPreset &&
    purpose === presetPurpose &&
    scope === "flagged_window" &&
    requirement === "automatic" &&
    presetReason(purpose);
  const written = reason.trim() !== "";
  const asksOthers = requirement === "one_approver" || requirement === "two_approvers";
  const { onReason, onTicket, elsewhere } = sortError(error);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!written && !preset) {
      reasonRef.current?.focus();
      return;
    }
    const ask: Ask = {
      purpose,
      scope,
      reason: written ? reason : null,
      ticket: ticket.trim() || null,
      reference: purpose === "legal_process" ? reference.trim() || null : null,
      participantId: scope === "participant_threads" ? participant || null : null,
    };
    onAsk(ask, way);
  };

  return (
    <form onSubmit={submit} className="grid gap-3">
      <ChoiceChips
        legend="Purpose"
        name={`purpose-${id}`}
        choices={purposesOf(ways).map((value) => ({ value, label: PURPOSE_WORDS[value] }))}
        value={purpose}
        onChoose={setChosen}
      />
      <p role="status" className={asksOthers ? "font-medium text-warn" : "text-muted"}>
        {REQUIREMENT_SAYS[requirement]}
      </p>
      <div className="grid gap-1">
        <label htmlFor={`${id}-reason`} className="heading flex items-center gap-1.5">
          Reason {preset ? "(optional: the preset stands if you write none)" : "(required)"}
          <Kbd keys={keyOf("caseReason")} />
        </label>
        <textarea
          id={`${id}-reason`}
          ref={reasonRef}
          rows={asksOthers ? 3 : 2}
          maxLength={2000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={preset || "Say in a sentence why this thread must be opened"}
          aria-invalid={onReason ? true : undefined}
          aria-describedby={`${id}-reason-note`}
          className="field resize-y"
        />
        <p id={`${id}-reason-note`} className={onReason ? "text-danger" : "text-muted"}>
          {onReason ??
            (asksOthers
              ? "Approvers read it, and it stays in the audit log. It cannot be taken back."
              : "Committed to the audit log before a word is shown. It cannot be taken back.")}
        </p>
      </div>
      {(requirement === "ticket" || asksOthers) && (
        <Line
          id={`${id}-ticket`}
          label={requirement === "ticket" ? "Ticket (required)" : "Ticket (if there is one)"}
          value={ticket}
          onChange={setTicket}
          required={requirement === "ticket"}
          error={onTicket}
        />
      )}
      {purpose === "legal_process" && (
        <Line
          id={`${id}-reference`}
          label="Reference of the legal process (required)"
          value={reference}
          onChange={setReference}
          required
        />
      )}
      <Scopes ways={ways} purpose={purpose} scope={scope} onChoose={setScope} id={id}>
        {scope === "participant_threads" && (
          <label className="grid max-w-sm gap-1">
            <span className="heading">Participant (required)</span>
            <select
              required
              className="field"
              value={participant}
              onChange={(event) => setParticipant(event.target.value)}
            >
              <option value="">Choose whose threads</option>
              {detail.thread.participants.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.pseudonym}
                </option>
              ))}
            </select>
          </label>
        )}
      </Scopes>
      {elsewhere && <Failed error={error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          look="primary"
          busy={busy}
          keys={preset && !written ? keyOf("caseOpen") : undefined}
        >
          {asksOthers ? <Send aria-hidden className="size-4" /> : <MailOpen aria-hidden className="size-4" />}
          {asksOthers ? "Ask for approval" : `Open the ${SCOPE_WORDS[scope].name.toLowerCase()}`}
        </Button>
        <span className="text-muted">
          {asksOthers ? "Would show" : "Shows"} {SCOPE_WORDS[scope].covers}, for a limited time.
        </span>
      </div>
    </form>
  );
}

type LineProps = {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  error?: string;
};

function Line({ id, label, value, onChange, required = false, error }: LineProps) {
  return (
    <div className="grid max-w-sm gap-1">
      <label htmlFor={id} className="heading">
        {label}
      </label>
      <input
        id={id}
        required={required}
        maxLength={100}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-error`}
        className="field"
      />
      <p id={`${id}-error`} className="text-danger empty:hidden">
        {error}
      </p>
    </div>
  );
}

type ScopeProps = {
  ways: readonly AccessOption[];
  purpose: Purpose;
  scope: Scope;
  onChoose: (scope: Scope) => void;
  id: string;
  children: React.ReactNode;
};

/** More than the flagged window: behind a control of its own, closed at first. */
function Scopes({ ways, purpose, scope, onChoose, id, children }: ScopeProps) {
  const [unfolded, setUnfolded] = useState(false);
  const choices = SCOPES.map((value) => {
    const way = wayOf(ways, purpose, value);
    const name = SCOPE_WORDS[value].name;
    if (!way) return { value, label: name, blocked: "not open to your role for this purpose" };
    if (way.requirement === "automatic") return { value, label: name };
    return {
      value,
      label: (
        <>
          {name}
          <span className="text-[0.857rem] font-normal opacity-80">
            · {REQUIREMENT_WORDS[way.requirement].toLowerCase()}
          </span>
        </>
      ),
    };
  });
  return (
    <details
      // A purpose that does not cover the flagged window shows what it covers.
      open={unfolded || scope !== "flagged_window"}
      onToggle={(event) => {
        setUnfolded(event.currentTarget.open);
        if (!event.currentTarget.open) onChoose("flagged_window");
      }}
      className="rounded border border-line px-3 py-1.5"
    >
      <summary className="text-muted">
        <ShieldAlert aria-hidden className="mr-1.5 inline size-4 align-[-0.2em]" />
        More than the flagged window
      </summary>
      <div className="grid gap-2 py-2">
        <ChoiceChips
          legend="Scope"
          name={`scope-${id}`}
          choices={choices}
          value={scope}
          onChoose={onChoose}
        />
        {children}
        <p className="text-muted">
          {choices.every(({ value, blocked }) => value === "flagged_window" || blocked)
            ? "This purpose opens nothing more for your role."
            : "A wider scope takes a reason in your own words and is marked in the audit log."}
        </p>
      </div>
    </details>
  );
}

/** Puts a refusal where it can be mended: at the reason, at the ticket, or above the button. */
function sortError(error: unknown): { onReason?: string; onTicket?: string; elsewhere: boolean } {
  if (error == null) return { elsewhere: false };
  const { title, detail } = errorWords(error);
  const words = `${title}. ${detail}`;
  const code = codeOf(error);
  const onReason = fieldError(error, "/reason") ?? (code.startsWith("reason-") ? words : undefined);
  const ticket = code === "needs-ticket" || code.startsWith("ticket-");
  const onTicket = fieldError(error, "/ticket") ?? (ticket ? words : undefined);
  return { onReason, onTicket, elsewhere: !onReason && !onTicket };
}
