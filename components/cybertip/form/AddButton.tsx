"use client";

import { Plus } from "lucide-react";
import type { Field } from "../../../domain/cybertip/model/kinds.ts";
import { isIn } from "../../../domain/cybertip/model/versions.ts";
import { type Path, writePointer } from "../../../domain/cybertip/pointer.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { idOf, useForm } from "./FormContext.tsx";
import { Messages } from "./Messages.tsx";

/** A field of a type, by its name. */
export type Part = readonly [name: string, field: Field];

type AddProps = { part: Part; path: Path; onAdd: (entry?: unknown) => void };

/** Adds a field. One of alternatives is chosen as it is added. */
export function AddButton({ part: [name, field], path, onAdd }: AddProps) {
  const { readOnly, problems, version } = useForm();
  const pointer = writePointer([...path, name]);
  const wrong = problems.at(pointer);
  const id = idOf(pointer);
  const className = `${buttonClass("secondary", true)} max-w-full text-left whitespace-normal! ${wrong.length > 0 ? "border-danger!" : "border-dashed"}`;
  if (readOnly) return null;
  return (
    <li className={wrong.length > 0 ? "basis-full" : undefined}>
      {field.type.kind === "complex" && field.type.content === "choice" ? (
        <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5">
          <legend className="heading mb-1">{field.label}: add one</legend>
          {Object.entries(field.type.elements)
            .filter(([, one]) => isIn(version, one.since))
            .map(([kind, one], n) => (
              <button
                key={kind}
                type="button"
                id={n === 0 ? id : undefined}
                title={one.help}
                className={className}
                onClick={() => onAdd({ [kind]: {} })}
              >
                <Plus aria-hidden className="size-3.5" />
                {one.label}
              </button>
            ))}
        </fieldset>
      ) : (
        <button type="button" id={id} title={field.help} className={className} onClick={() => onAdd()}>
          <Plus aria-hidden className="size-3.5" />
          {field.label}
          {field.legacy && <span className="font-normal text-muted">(no longer documented)</span>}
        </button>
      )}
      <Messages id={`${id}-wrong`} problems={wrong} />
    </li>
  );
}
