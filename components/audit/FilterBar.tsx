"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { FilterX, ListFilter } from "lucide-react";
import { type ReactNode, type RefObject, useId, useState } from "react";
import type { AuditAction, AuditOutcome } from "../../domain/auditActions.ts";
import { AUDIT_OUTCOMES } from "../../domain/auditActions.ts";
import { PURPOSES, type Purpose } from "../../domain/vocabulary.ts";
import { asking } from "../api/queries.ts";
import { serverNow } from "../api/serverClock.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { auditKeys, fetchPeople } from "./api.ts";
import { type FilterState, fromField, NO_FILTERS, SPANS, spanStart, toField } from "./filters.ts";
import { ACTION_GROUPS, actionWords, purposeWords } from "./words.ts";

type Props = {
  state: FilterState;
  onChange: (change: Partial<FilterState>) => void;
  /** Somebody who sees only their own acts chooses no actor. */
  whole: boolean;
  firstRef: RefObject<HTMLSelectElement | null>;
  caseRef: RefObject<HTMLInputElement | null>;
};

/** What the log is filtered by. Everything chosen here stands in the address, so that a view of the log can be sent on. */
export function FilterBar({ state, onChange, whole, firstRef, caseRef }: Props) {
  const people = useQuery({
    queryKey: auditKeys.people,
    queryFn: (context) => fetchPeople(asking(context)),
    staleTime: 60_000,
    enabled: whole,
  });
  const staff = people.data?.people ?? [];
  const set = Object.values(state).filter((value) => value !== null).length;
  const id = useId();
  const [unfolded, setUnfolded] = useState(false);
  return (
    <search className="border-t border-line px-4 py-2">
      <Button
        aria-expanded={unfolded}
        aria-controls={id}
        onClick={() => setUnfolded(!unfolded)}
        className="md:hidden"
      >
        <ListFilter aria-hidden className="size-4" />
        {set > 0 ? `Filters (${set})` : "Filters"}
      </Button>
      <div
        id={id}
        className={clsx("flex flex-wrap items-end gap-x-3 gap-y-2 max-md:mt-2", !unfolded && "max-md:hidden")}
      >
        <Choice
          label="Action"
          ref={firstRef}
          value={state.action}
          onChoose={(value) => onChange({ action: value as AuditAction | null })}
          any="Any action"
        >
          {ACTION_GROUPS.map(([title, actions]) => (
            <optgroup key={title} label={title}>
              {actions.map((action) => (
                <option key={action} value={action}>
                  {actionWords(action)}
                </option>
              ))}
            </optgroup>
          ))}
        </Choice>
        <Choice
          label="Outcome"
          value={state.outcome}
          onChoose={(value) => onChange({ outcome: value as AuditOutcome | null })}
          any="Any outcome"
        >
          {Object.entries(AUDIT_OUTCOMES).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Choice>
        {whole && (
          <>
            <Choice label="Who" value={state.actor} onChoose={(actor) => onChange({ actor })} any="Anybody">
              <People people={staff} title="Staff" />
              <People people={people.data?.platforms ?? []} title="Platforms" />
            </Choice>
            <Choice
              label="About"
              value={state.subject}
              onChoose={(subject) => onChange({ subject })}
              any="Any staff member"
            >
              <People people={staff} title="Staff" />
            </Choice>
          </>
        )}
        <CaseField
          key={state.caseNumber}
          value={state.caseNumber}
          onChoose={(caseNumber) => onChange({ caseNumber })}
          inputRef={caseRef}
        />
        <Choice
          label="Purpose"
          value={state.purpose}
          onChoose={(value) => onChange({ purpose: value as Purpose | null })}
          any="Any purpose"
        >
          {PURPOSES.map((purpose) => (
            <option key={purpose} value={purpose}>
              {purposeWords(purpose)}
            </option>
          ))}
        </Choice>
        <When state={state} onChange={onChange} />
        {set > 0 && (
          <Button look="quiet" keys={keyOf("auditClear")} onClick={() => onChange(NO_FILTERS)}>
            <FilterX aria-hidden className="size-4" />
            Clear
          </Button>
        )}
      </div>
    </search>
  );
}

type ChoiceProps = {
  label: string;
  value: string | null;
  any: string;
  onChoose: (value: string | null) => void;
  children: ReactNode;
  ref?: RefObject<HTMLSelectElement | null>;
};

function Choice({ label, value, any, onChoose, children, ref }: ChoiceProps) {
  const id = useId();
  return (
    <div className="max-sm:grow">
      <label htmlFor={id} className="heading block">
        {label}
      </label>
      <select
        id={id}
        ref={ref}
        value={value ?? ""}
        onChange={(event) => onChoose(event.target.value || null)}
        className="field w-auto! max-w-44 max-sm:w-full! max-sm:max-w-none"
      >
        <option value="">{any}</option>
        {children}
      </select>
    </div>
  );
}

function People({ people, title }: { people: readonly { id: string; name: string }[]; title: string }) {
  if (people.length === 0) return null;
  return (
    <optgroup label={title}>
      {people.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}

type CaseFieldProps = {
  value: number | null;
  onChoose: (value: number | null) => void;
  inputRef: RefObject<HTMLInputElement | null>;
};

/** Taken on Enter or on leaving the field: each half-typed number would be a search of its own in the log. */
function CaseField({ value, onChoose, inputRef }: CaseFieldProps) {
  const id = useId();
  const [text, setText] = useState(value === null ? "" : String(value));
  const take = (): void => {
    const number = Number(text);
    const next = Number.isSafeInteger(number) && number > 0 ? number : null;
    if (next !== value) onChoose(next);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <label htmlFor={id} className="heading block">
        Case number
      </label>
      <input
        id={id}
        ref={inputRef}
        inputMode="numeric"
        autoComplete="off"
        value={text}
        placeholder="Any"
        aria-keyshortcuts={keyOf("auditFind")}
        onChange={(event) => setText(event.target.value.replaceAll(/\D/g, ""))}
        onBlur={take}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="field w-24!"
      />
    </form>
  );
}

/** When: a span until now, or two instants in UTC. */
function When({ state, onChange }: Pick<Props, "state" | "onChange">) {
  const given = state.from !== null || state.until !== null;
  const [between, setBetween] = useState(given);
  const choose = (value: string | null): void => {
    setBetween(value === BETWEEN);
    if (value === null) onChange({ from: null, until: null });
    else if (value !== BETWEEN) onChange({ from: spanStart(Number(value), serverNow()), until: null });
  };
  const shown = between || given;
  return (
    <>
      <Choice label="Time" value={shown ? BETWEEN : null} any="Any time" onChoose={choose}>
        {SPANS.map(({ hours, label }) => (
          <option key={hours} value={hours}>
            {label}
          </option>
        ))}
        <option value={BETWEEN}>Between …</option>
      </Choice>
      {shown && (
        <>
          <InstantField
            key={`from ${state.from}`}
            label="From (UTC)"
            value={state.from}
            onChoose={(from) => onChange({ from })}
          />
          <InstantField
            key={`until ${state.until}`}
            label="Until (UTC)"
            value={state.until}
            onChoose={(until) => onChange({ until })}
          />
        </>
      )}
    </>
  );
}

const BETWEEN = "between";

type InstantFieldProps = {
  label: string;
  value: string | null;
  onChoose: (value: string | null) => void;
};

/** Taken on Enter or on leaving the field: a year that is being typed passes through three others. */
function InstantField({ label, value, onChoose }: InstantFieldProps) {
  const id = useId();
  const [text, setText] = useState(toField(value));
  const take = (): void => {
    if (text !== toField(value)) onChoose(fromField(text));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <label htmlFor={id} className="heading block">
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        max="9999-12-31T23:59"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        className="field w-auto!"
      />
    </form>
  );
}
