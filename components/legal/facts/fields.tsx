"use client";

import { type ReactNode, useId } from "react";

type Common = {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean;
};

function Help({ id, help, error }: { id: string; help: ReactNode; error: string | undefined }) {
  if (!help && !error) return null;
  return (
    <p id={id} className={error ? "text-danger" : "text-[0.93rem] text-muted"}>
      {error ?? help}
    </p>
  );
}

type TextProps = Common & {
  value: string;
  onChange: (value: string) => void;
  most?: number;
  type?: "text" | "email" | "tel" | "datetime-local";
  list?: string;
  mono?: boolean;
  onBlur?: () => void;
};

/** One line that somebody writes, or a moment that somebody sets. */
export function TextField({ label, help, error, required = false, value, onChange, ...more }: TextProps) {
  const id = useId();
  const { most, type = "text", list, mono = false, onBlur } = more;
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="heading">
        {label}
        {!required && <span className="font-normal"> (if known)</span>}
      </label>
      <input
        id={id}
        type={type}
        required={required}
        maxLength={most}
        max={type === "datetime-local" ? "9999-12-31T23:59" : undefined}
        list={list}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        aria-invalid={error ? true : undefined}
        aria-describedby={help || error ? `${id}-help` : undefined}
        className={`field ${mono ? "font-mono" : ""}`}
      />
      <Help id={`${id}-help`} help={help} error={error} />
    </div>
  );
}

type SelectProps<T extends string> = Common & {
  value: T;
  onChange: (value: T) => void;
  choices: readonly (readonly [T, string])[];
};

/** One of a closed list. */
export function SelectField<T extends string>(props: SelectProps<T>) {
  const { label, help, error, required = true, value, onChange, choices } = props;
  const id = useId();
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="heading">
        {label}
      </label>
      <select
        id={id}
        required={required}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        aria-invalid={error ? true : undefined}
        aria-describedby={help || error ? `${id}-help` : undefined}
        className="field"
      >
        {choices.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
      <Help id={`${id}-help`} help={help} error={error} />
    </div>
  );
}

type CheckProps = { label: ReactNode; help?: ReactNode; checked: boolean; onChange: (on: boolean) => void };

/** Yes or no. */
export function CheckField({ label, help, checked, onChange }: CheckProps) {
  return (
    <label className="flex items-baseline gap-2">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="relative top-0.5 size-4 shrink-0"
      />
      <span>
        {label}
        {help && <span className="block text-[0.93rem] text-muted">{help}</span>}
      </span>
    </label>
  );
}
