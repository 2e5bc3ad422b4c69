"use client";

import type { Field } from "../../../domain/cybertip/model/kinds.ts";
import { type Path, writePointer } from "../../../domain/cybertip/pointer.ts";
import type { Part } from "./AddButton.tsx";
import { valueAt } from "./editValue.ts";
import { idOf, useForm } from "./FormContext.tsx";
import { Messages } from "./Messages.tsx";
import { Tick } from "./SimpleField.tsx";

type Props = { field: Field; path: Path; value: unknown; parts: readonly Part[] };

/** Tags that are ticked or not. With the last of them their holder goes, since an empty element would be sent. */
export function Tags({ field, path, value, parts }: Props) {
  const { edit, problems } = useForm();
  const id = idOf(writePointer(path));
  const write = (name: string, ticked: boolean): void => {
    const held = typeof value === "object" && value !== null ? Object.entries(value) : [];
    const kept = held.filter(([key, one]) => key !== name && one !== undefined);
    const next = Object.fromEntries(ticked ? [...kept, [name, true]] : kept);
    edit(path, Object.keys(next).length > 0 ? next : undefined);
  };
  return (
    <fieldset id={id} className="min-w-0" aria-describedby={`${id}-help`}>
      <legend className="heading">{field.label}</legend>
      <p id={`${id}-help`} className="mb-1 text-[0.857rem] text-muted">
        {field.help}
      </p>
      <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2 xl:grid-cols-3">
        {parts.map(([name, one]) => (
          <Tick
            key={name}
            field={one}
            path={[...path, name]}
            value={valueAt(value, [name])}
            onTick={(ticked) => write(name, ticked)}
          />
        ))}
      </div>
      <Messages id={`${id}-wrong`} problems={problems.at(writePointer(path))} />
    </fieldset>
  );
}
