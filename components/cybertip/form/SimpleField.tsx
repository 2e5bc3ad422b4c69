"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { readDateTime } from "../../../domain/cybertip/check/moments.ts";
import type { Field, SimpleType } from "../../../domain/cybertip/model/kinds.ts";
import { type Path, writePointer } from "../../../domain/cybertip/pointer.ts";
import { segmentHostileText } from "../../../domain/hostileText.ts";
import { Button } from "../../ui/Button.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { HostileText } from "../../view/HostileText.tsx";
import { idOf, useForm } from "./FormContext.tsx";
import { Messages } from "./Messages.tsx";

type Props = {
  field: Field;
  type: SimpleType;
  path: Path;
  value: unknown;
  label?: string;
  /** Stands beside the field, such as a way to take an entry out. */
  aside?: ReactNode;
};

/** Whether a field takes the whole width of the form. */
export const isWide = (type: SimpleType): boolean => type.kind === "text" && type.long;

/** One field that holds one value, with its help and what is wrong with it. */
export function SimpleField({ field, type, path, value, label, aside }: Props) {
  const { problems, derived } = useForm();
  const pointer = writePointer(path);
  const id = idOf(pointer);
  const wrong = problems.at(pointer);
  const given = derived(String(path.at(-1)), path);
  if (type.kind === "presence") return <Tick field={field} path={path} value={value} />;
  return (
    <div className={clsx("grid min-w-0 content-start gap-1", isWide(type) && "sm:col-span-full")}>
      <div className="flex min-h-5 items-baseline justify-between gap-2">
        <label htmlFor={id} className="heading">
          {label ?? field.label}
          {field.min === 1 && !field.many && given === null && <span aria-hidden> *</span>}
        </label>
        {aside}
      </div>
      {given === null ? (
        <Input
          id={id}
          field={field}
          type={type}
          path={path}
          value={value}
          about={`${id}-help ${id}-wrong`}
          invalid={wrong.some((one) => one.severity === "error")}
        />
      ) : (
        <output id={id} className="field block bg-sunken">
          {given}
        </output>
      )}
      <AsItReads type={type} value={value} />
      <Messages id={`${id}-wrong`} problems={wrong} />
      <p id={`${id}-help`} className="text-[0.857rem] text-muted">
        {field.help}
      </p>
    </div>
  );
}

type InputProps = {
  id: string;
  field: Field;
  type: Exclude<SimpleType, { kind: "presence" }>;
  path: Path;
  value: unknown;
  about: string;
  invalid: boolean;
};

function Input({ id, field, type, path, value, about, invalid }: InputProps) {
  const { edit, readOnly } = useForm();
  const shared = {
    id,
    required: field.min === 1,
    "aria-invalid": invalid || undefined,
    "aria-describedby": about,
    autoComplete: "off",
    spellCheck: false,
    className: "field",
  } as const;
  if (type.kind === "boolean" || type.kind === "enumeration") {
    const choices =
      type.kind === "boolean"
        ? [
            { key: "yes", value: true, label: "Yes" },
            { key: "no", value: false, label: "No" },
          ]
        : type.values.map((one) => ({ key: `is ${one}`, value: one, label: type.labels[one] ?? one }));
    return (
      <select
        {...shared}
        disabled={readOnly}
        value={choices.find((one) => one.value === value)?.key ?? ""}
        onChange={(event) => edit(path, choices.find(({ key }) => key === event.target.value)?.value)}
      >
        <option value="">{field.min === 1 ? "Choose" : "Not said"}</option>
        {choices.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  const number = type.kind === "int" || type.kind === "double";
  const text = value === undefined || value === null ? "" : String(value);
  const write = (typed: string): void => edit(path, number ? readNumber(typed) : textOf(typed, path));
  if (type.kind === "text" && type.long)
    return (
      <textarea
        {...shared}
        dir="auto"
        rows={text.length > 600 ? 14 : text.length > 160 ? 6 : 3}
        readOnly={readOnly}
        value={text}
        onChange={(event) => write(event.target.value)}
        className="field resize-y leading-relaxed"
      />
    );
  return (
    <span className="flex items-center gap-1.5">
      <input
        {...shared}
        type="text"
        dir={type.kind === "text" ? "auto" : "ltr"}
        inputMode={number ? "decimal" : type.kind === "long" ? "numeric" : undefined}
        placeholder={
          type.kind === "dateTime" ? "2026-02-28T13:45:00Z" : type.kind === "date" ? "2026-02-28" : undefined
        }
        readOnly={readOnly}
        value={text}
        onChange={(event) => write(event.target.value)}
      />
      {type.kind === "dateTime" && !readOnly && readDateTime(text)?.zoned === false && (
        <Button small onClick={() => edit(path, `${text}Z`)}>
          It is UTC
        </Button>
      )}
    </span>
  );
}

/** An entry of a list stays while it is blank; a field that is emptied is gone. */
function textOf(typed: string, path: Path): string | undefined {
  return typed === "" && typeof path.at(-1) !== "number" ? undefined : typed;
}

/** A number where it is one; else what was typed, so that it can be said what is wrong with it. */
function readNumber(typed: string): number | string | undefined {
  const text = typed.trim();
  if (text === "") return undefined;
  return String(Number(text)) === text ? Number(text) : typed;
}

/** What a time means, and what of a text the eye would miss. */
function AsItReads({ type, value }: { type: SimpleType; value: unknown }) {
  if (typeof value !== "string" || value === "") return null;
  if (type.kind === "dateTime") {
    const moment = readDateTime(value);
    return moment?.zoned ? (
      <p className="text-[0.857rem]">{utcWords(new Date(moment.at).toISOString(), true)}</p>
    ) : null;
  }
  if (type.kind !== "text") return null;
  const almost = type.max !== null && value.length > type.max * 0.8;
  const hidden =
    value.length <= 2_000 &&
    segmentHostileText(value).some(({ kind }) => kind !== "text" && kind !== "break");
  if (!almost && !hidden) return null;
  return (
    <div className="text-[0.857rem]">
      {almost && (
        <p>
          {value.length.toLocaleString("en-GB")} of {type.max?.toLocaleString("en-GB")} characters
        </p>
      )}
      {hidden && (
        <div className="flex flex-wrap gap-x-1.5">
          Looked at closely: <HostileText text={value} />
        </div>
      )}
    </div>
  );
}

type TickProps = { field: Field; path: Path; value: unknown; onTick?: (ticked: boolean) => void };

/** A tag: it says yes by being there. */
export function Tick({ field, path, value, onTick }: TickProps) {
  const { edit, readOnly, problems } = useForm();
  const pointer = writePointer(path);
  const id = idOf(pointer);
  const tick = onTick ?? ((ticked) => edit(path, ticked ? true : undefined));
  return (
    <div>
      <label className="flex items-baseline gap-2">
        <input
          id={id}
          type="checkbox"
          className="size-4 shrink-0 translate-y-0.5"
          disabled={readOnly}
          checked={value === true}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => tick(event.target.checked)}
        />
        <span>
          {field.label} <span className="block text-[0.857rem] text-muted">{field.help}</span>
        </span>
      </label>
      <Messages id={`${id}-wrong`} problems={problems.at(pointer)} />
    </div>
  );
}
