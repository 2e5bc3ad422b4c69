"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import type { ComplexType, Field } from "../../../domain/cybertip/model/kinds.ts";
import { isIn } from "../../../domain/cybertip/model/versions.ts";
import { type Path, writePointer } from "../../../domain/cybertip/pointer.ts";
import { bodyField, isSimpleContent } from "../../../domain/cybertip/walkModel.ts";
import { Button } from "../../ui/Button.tsx";
import { AddButton, type Part } from "./AddButton.tsx";
import { saysSomething, valueAt } from "./editValue.ts";
import { idOf, useForm } from "./FormContext.tsx";
import { Messages, TallyBadges } from "./Messages.tsx";
import { RemoveButton } from "./RemoveButton.tsx";
import { SimpleField } from "./SimpleField.tsx";
import { Tags } from "./Tags.tsx";
import { useFresh } from "./useFresh.ts";

type Props = {
  type: ComplexType;
  /** The field that holds the type; its label is that of the type's own text. */
  field: Field;
  path: Path;
  value: unknown;
  /** Fields that are drawn elsewhere. */
  without?: readonly string[];
};

/** Up to so many plain fields a type shows all of them; of larger ones, what is filled in, and the rest to be added. */
const FEW = 8;

/**
 * The fields of one type in the order of the schema. What is not filled in stands below as a row of buttons, each of
 * which adds its field, so that every element can be reached and none is in the way.
 */
export function FieldGroup({ type, field, path, value, without = [] }: Props) {
  const { version, readOnly, problems, edit, derived } = useForm();
  const [added, setAdded] = useState<readonly string[]>([]);
  const goTo = useFresh();
  const parts = [...Object.entries(type.attributes), ...Object.entries(type.elements)].filter(
    ([name, one]) => isIn(version, one.since) && !without.includes(name),
  );
  if (type.content === "all") return <Tags field={field} path={path} value={value} parts={parts} />;

  const plain = parts.filter(([, one]) => !one.many && one.type.kind !== "complex" && !one.legacy);
  const isShown = ([name, one]: Part): boolean => {
    const held = valueAt(value, [name]);
    if ((Array.isArray(held) ? held.length > 0 : held !== undefined) || added.includes(name)) return true;
    if (derived(name, [...path, name]) !== null) return true;
    if (one.type.kind === "complex" && one.type.content === "all") return !one.legacy;
    if (one.many || one.type.kind === "complex") return false;
    return !readOnly && !one.legacy && (one.min === 1 || plain.length <= FEW);
  };
  const missing = parts.filter((part) => !isShown(part));
  const add = ([name, one]: Part, entry?: unknown): void => {
    const at = [...path, name];
    goTo(writePointer(one.many ? [...at, 0] : at));
    if (one.many) edit(at, [entry ?? blankOf(one)]);
    else if (one.type.kind === "complex") edit(at, {});
    else setAdded((all) => [...all, name]);
  };
  const body = isSimpleContent(type.content) ? type.content : null;
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-4 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        {body && (
          <SimpleField
            field={bodyField(field, body)}
            type={body}
            path={[...path, "value"]}
            value={valueAt(value, ["value"])}
          />
        )}
        {parts.filter(isShown).map(([name, one]) => (
          <OneField key={name} field={one} path={[...path, name]} value={valueAt(value, [name])} />
        ))}
      </div>
      {/* What the schema does not know of, or asks to be of another kind, is told of here. */}
      {type.content === "choice" && (
        <Messages id={`${idOf(writePointer(path))}-wrong`} problems={problems.at(writePointer(path))} />
      )}
      {missing.length > 0 && (
        <ul aria-label={`Fields to add: ${field.label}`} className="flex flex-wrap gap-1.5">
          {missing.map((part) => (
            <AddButton key={part[0]} part={part} path={path} onAdd={(entry) => add(part, entry)} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** One field of a type by itself: what it holds, or the button that adds it. */
export function ModelField({ name, field, path, value }: HeldProps & { name: string }) {
  const { edit } = useForm();
  const goTo = useFresh();
  const isThere = Array.isArray(value) ? value.length > 0 : value !== undefined;
  if (isThere || (field.min === 1 && !field.many))
    return <OneField field={field} path={path} value={value} />;
  const add = (entry: unknown): void => {
    goTo(writePointer(field.many ? [...path, 0] : path));
    edit(path, field.many ? [entry ?? blankOf(field)] : (entry ?? blankOf(field)));
  };
  return (
    <ul aria-label={`To add: ${field.label}`}>
      <AddButton part={[name, field]} path={path.slice(0, -1)} onAdd={add} />
    </ul>
  );
}

type HeldProps = { field: Field; path: Path; value: unknown };

/** Any field that is filled in. */
function OneField({ field, path, value }: HeldProps) {
  if (field.many) return <ListField field={field} path={path} value={value} />;
  if (field.type.kind === "complex")
    return <NestedGroup field={field} type={field.type} path={path} value={value} />;
  return <SimpleField field={field} type={field.type} path={path} value={value} />;
}

type NestedProps = HeldProps & { type: ComplexType; title?: string };

/** A group of fields within another: a person, an address, one entry of a list. Framed, named, and to be taken out. */
function NestedGroup({ field, type, path, value, title }: NestedProps) {
  const { problems, edit, readOnly } = useForm();
  const pointer = writePointer(path);
  const id = idOf(pointer);
  const name = title ?? field.label;
  if (type.content === "all")
    return (
      <div className="sm:col-span-full">
        <FieldGroup type={type} field={field} path={path} value={value} />
      </div>
    );
  // An alternative is named by what was chosen, and drawn without a frame of its own.
  const [kind, chosen] = chosenOf(type, value);
  const inner = chosen?.type.kind === "complex" ? { type: chosen.type, field: chosen } : { type, field };
  const at = kind === null ? path : [...path, kind];
  const held = kind === null ? value : (value as Record<string, unknown>)[kind];
  return (
    <details id={id} open className="min-w-0 rounded border border-line sm:col-span-full">
      <summary className="px-3 py-1.5">
        <span className="inline-flex flex-wrap items-center gap-2 align-middle">
          <strong>{chosen ? chosen.label : name}</strong>
          <TallyBadges tally={problems.below(pointer)} />
        </span>
      </summary>
      <div className="grid gap-2 border-t border-line px-3 py-2.5">
        <div className="flex items-start justify-between gap-3">
          <p className="text-[0.857rem] text-muted">{chosen?.help ?? field.help}</p>
          {!readOnly && (field.min === 0 || field.many) && (
            <RemoveButton name={name} asks={saysSomething(value)} onRemove={() => edit(path, undefined)} />
          )}
        </div>
        <Messages id={`${id}-wrong`} problems={problems.at(pointer)} />
        <FieldGroup type={inner.type} field={inner.field} path={at} value={held} />
      </div>
    </details>
  );
}

function chosenOf(type: ComplexType, value: unknown): [string, Field] | [null, null] {
  if (type.content !== "choice" || typeof value !== "object" || value === null) return [null, null];
  const found = Object.entries(type.elements).find(([name]) => Object.hasOwn(value, name));
  return found ?? [null, null];
}

/** What may be there any number of times: its entries, and a way to add one. */
function ListField({ field, path, value }: HeldProps) {
  const { problems, edit, readOnly } = useForm();
  const goTo = useFresh();
  const pointer = writePointer(path);
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const { type } = field;
  const take = (at: number): void =>
    edit(path, entries.length === 1 ? undefined : entries.filter((_, i) => i !== at));
  const add = (entry: unknown): void => {
    goTo(`${pointer}/${entries.length}`);
    edit(path, [...entries, entry]);
  };
  return (
    <div id={idOf(pointer)} className="grid min-w-0 gap-2 sm:col-span-full">
      <Messages id={`${idOf(pointer)}-wrong`} problems={problems.at(pointer)} />
      {entries.map((entry, i) => {
        const title = `${field.label} ${i + 1}`;
        // An entry has no name of its own: its place is all that tells it from the others.
        const key = `${pointer}/${i}`;
        if (type.kind === "complex")
          return (
            <NestedGroup
              key={key}
              field={field}
              type={type}
              path={[...path, i]}
              value={entry}
              title={title}
            />
          );
        return (
          <SimpleField
            key={key}
            field={{ ...field, min: 0, many: false }}
            type={type}
            path={[...path, i]}
            value={entry}
            label={title}
            aside={
              !readOnly && <RemoveButton name={title} asks={saysSomething(entry)} onRemove={() => take(i)} />
            }
          />
        );
      })}
      {!readOnly && (
        <p className="flex flex-wrap gap-1.5">
          {type.kind === "complex" && type.content === "choice" ? (
            Object.entries(type.elements).map(([kind, one]) => (
              <Button key={kind} small title={one.help} onClick={() => add({ [kind]: {} })}>
                <Plus aria-hidden className="size-3.5" />
                {one.label}
              </Button>
            ))
          ) : (
            <Button small onClick={() => add(blankOf(field))}>
              <Plus aria-hidden className="size-3.5" />
              Another: {/^[A-Z][a-z]/.test(field.label) ? lowerFirst(field.label) : field.label}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

const lowerFirst = (words: string): string => `${words.charAt(0).toLowerCase()}${words.slice(1)}`;

/** What a new entry of a list begins with. */
function blankOf(field: Field): unknown {
  return field.type.kind === "complex" ? {} : "";
}
