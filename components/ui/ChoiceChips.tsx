"use client";

import clsx from "clsx";
import type { ReactNode } from "react";

export type Choice<T extends string> = {
  value: T;
  label: ReactNode;
  /** Why it cannot be chosen; shown on hover and read with the label. */
  blocked?: string;
};

type Props<T extends string> = {
  legend: string;
  name: string;
  choices: ReadonlyArray<Choice<T>>;
  value: T | null;
  onChoose: (value: T) => void;
  hideLegend?: boolean;
  disabled?: boolean;
};

/** One of a few, as chips. Native radio buttons underneath: arrow keys, forms and screen readers know them. */
export function ChoiceChips<T extends string>(props: Props<T>) {
  const { legend, name, choices, value, onChoose, hideLegend = false, disabled = false } = props;
  return (
    <fieldset disabled={disabled} className="min-w-0">
      <legend className={hideLegend ? "sr-only" : "heading mb-1"}>{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {choices.map((choice) => (
          <label
            key={choice.value}
            title={choice.blocked}
            className={clsx(
              "inline-flex min-h-7 items-center gap-1.5 rounded border px-2",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
              choice.value === value
                ? "border-accent bg-accent-soft font-semibold text-accent"
                : "border-edge bg-surface text-ink hover:bg-sunken",
              (choice.blocked || disabled) && "cursor-not-allowed opacity-65",
            )}
          >
            <input
              type="radio"
              className="sr-only"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={Boolean(choice.blocked)}
              onChange={() => onChoose(choice.value)}
            />
            {choice.label}
            {choice.blocked && <span className="sr-only"> ({choice.blocked})</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
