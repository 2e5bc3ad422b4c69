"use client";

import { useId } from "react";

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  most: number;
  error: string | undefined;
  help?: string;
  /** It may be left empty. */
  optional?: boolean;
};

/** Words that somebody must write, unless they are optional. */
export function NoteField({ label, value, onChange, most, error, help, optional = false }: Props) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="heading">
        {label}
      </label>
      <textarea
        id={id}
        required={!optional}
        rows={3}
        maxLength={most}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-help`}
        className="field resize-y"
      />
      <p id={`${id}-help`} className={error ? "text-danger" : "text-muted"}>
        {error ?? help}
      </p>
    </div>
  );
}
