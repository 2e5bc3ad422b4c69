"use client";

import { FilterX } from "lucide-react";
import { type ReactNode, type RefObject, useId, useState } from "react";
import type { RequestsPage } from "../../../contracts/legal/requests.ts";
import { REQUEST_TYPES } from "../../../domain/legal/vocabulary.ts";
import { keyOf } from "../../shell/shortcuts.ts";
import { Button } from "../../ui/Button.tsx";
import { STATE_WORDS, TYPE_NAMES } from "../words.ts";
import { type FilterState, isFiltered, NO_FILTERS, STATE_CHOICES } from "./filters.ts";

type Props = {
  state: FilterState;
  onChange: (change: Partial<FilterState>) => void;
  counts: RequestsPage["counts"] | undefined;
  /** Whether requests can be the reader's own. */
  handles: boolean;
  firstRef: RefObject<HTMLSelectElement | null>;
  findRef: RefObject<HTMLInputElement | null>;
};

/** What of the register is shown. All of it stands in the address of the page. */
export function FilterBar({ state, onChange, counts, handles, firstRef, findRef }: Props) {
  return (
    <search aria-label="Filters of the register" className="px-4 py-3">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <Choice
          label="State"
          value={state.state}
          onChoose={(value) => onChange({ state: value as FilterState["state"] })}
          ref={firstRef}
        >
          {STATE_CHOICES.map((one) => (
            <option key={one} value={one}>
              {one === "open" ? "Open" : one === "all" ? "All" : STATE_WORDS[one].name}
            </option>
          ))}
        </Choice>
        <Choice
          label="Type"
          value={state.type ?? ""}
          onChoose={(value) => onChange({ type: (value || null) as FilterState["type"] })}
        >
          <option value="">Any type</option>
          {REQUEST_TYPES.map((one) => (
            <option key={one} value={one}>
              {TYPE_NAMES[one]}
            </option>
          ))}
        </Choice>
        <Find key={state.q} value={state.q} onFind={(q) => onChange({ q })} inputRef={findRef} />
        <div className="flex flex-wrap gap-1.5">
          <Toggle on={state.overdue} onTurn={(overdue) => onChange({ overdue })} count={counts?.overdue}>
            Overdue
          </Toggle>
          <Toggle
            on={state.emergency}
            onTurn={(emergency) => onChange({ emergency })}
            count={counts?.emergency}
          >
            Emergency
          </Toggle>
          {handles && (
            <Toggle on={state.mine} onTurn={(mine) => onChange({ mine })} count={counts?.mine}>
              Mine
            </Toggle>
          )}
        </div>
        {isFiltered(state) && (
          <Button look="quiet" keys={keyOf("requestsClear")} onClick={() => onChange(NO_FILTERS)}>
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
  value: string;
  onChoose: (value: string) => void;
  children: ReactNode;
  ref?: RefObject<HTMLSelectElement | null>;
};

function Choice({ label, value, onChoose, children, ref }: ChoiceProps) {
  const id = useId();
  return (
    <div className="max-sm:grow max-sm:basis-[45%]">
      <label htmlFor={id} className="heading block">
        {label}
      </label>
      <select
        id={id}
        ref={ref}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className="field w-auto! max-w-56 max-sm:w-full! max-sm:max-w-none"
      >
        {children}
      </select>
    </div>
  );
}

type ToggleProps = {
  on: boolean;
  onTurn: (on: boolean) => void;
  count: number | undefined;
  children: ReactNode;
};

function Toggle({ on, onTurn, count, children }: ToggleProps) {
  return (
    <label
      className={`inline-flex min-h-[2.15rem] items-center gap-1.5 rounded border px-2.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent ${
        on
          ? "border-accent bg-accent-soft font-semibold text-accent"
          : "border-edge bg-surface hover:bg-sunken"
      }`}
    >
      <input
        type="checkbox"
        className="sr-only"
        checked={on}
        onChange={(event) => onTurn(event.target.checked)}
      />
      {children}
      {count !== undefined && count > 0 && <span>({count.toLocaleString("en-GB")})</span>}
    </label>
  );
}

type FindProps = {
  value: string;
  onFind: (value: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
};

/** Taken on Enter or on leaving the field, so that half a reference is not searched for. */
function Find({ value, onFind, inputRef }: FindProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const take = (): void => {
    if (text.trim() !== value) onFind(text.trim());
  };
  return (
    <form
      className="max-sm:grow"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <label htmlFor={id} className="heading block">
        Reference or number
      </label>
      <input
        id={id}
        ref={inputRef}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={text}
        placeholder="Any"
        aria-keyshortcuts={keyOf("requestsFind")}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        className="field w-48! max-sm:w-full!"
      />
    </form>
  );
}
