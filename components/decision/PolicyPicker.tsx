"use client";

import { Command } from "cmdk";
import { Check } from "lucide-react";
import { type RefObject, useState } from "react";
import type { PolicyDto } from "../../contracts/triage.ts";
import type { Category } from "../../domain/vocabulary.ts";
import { CATEGORY_WORDS } from "../words.ts";

type Props = {
  policies: PolicyDto[];
  category: Category;
  value: string | null;
  inputRef: RefObject<HTMLInputElement | null>;
  invalid: boolean;
  onChoose: (policyId: string) => void;
};

/** The platform's rules, those of the case's category first; found by code or title. */
export function PolicyPicker({ policies, category, value, inputRef, invalid, onChoose }: Props) {
  const [all, setAll] = useState(false);
  const own = policies.filter((policy) => policy.category === category);
  const others = policies.filter((policy) => policy.category !== category);
  const chosen = policies.find((policy) => policy.id === value);
  const groups = new Map<Category, PolicyDto[]>();
  if (all || own.length === 0)
    for (const policy of others)
      groups.set(policy.category, [...(groups.get(policy.category) ?? []), policy]);
  return (
    <div>
      <Command label="Policy" loop className="rounded border border-edge bg-surface">
        <Command.Input
          ref={inputRef}
          placeholder="Find a policy by code or title"
          aria-label="Policy"
          aria-invalid={invalid || undefined}
          className="w-full border-b border-line bg-transparent px-2.5 py-1.5 placeholder:text-muted"
        />
        <Command.List className="max-h-48 overflow-auto p-1">
          <Command.Empty className="px-2 py-2 text-muted">No policy by these words.</Command.Empty>
          {own.map((policy) => (
            <Item key={policy.id} policy={policy} chosen={policy.id === value} onChoose={onChoose} />
          ))}
          {[...groups].map(([name, list]) => (
            <Command.Group key={name} heading={<span className="heading px-2">{CATEGORY_WORDS[name]}</span>}>
              {list.map((policy) => (
                <Item key={policy.id} policy={policy} chosen={policy.id === value} onChoose={onChoose} />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
      {own.length > 0 && others.length > 0 && (
        <label className="mt-1 inline-flex min-h-6 items-center gap-1.5 text-muted">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          Policies of other categories too
        </label>
      )}
      {chosen && <p className="mt-1 text-muted">{chosen.guidance}</p>}
    </div>
  );
}

type ItemProps = { policy: PolicyDto; chosen: boolean; onChoose: (policyId: string) => void };

function Item({ policy, chosen, onChoose }: ItemProps) {
  return (
    <Command.Item
      value={`${policy.code} ${policy.title}`}
      onSelect={() => onChoose(policy.id)}
      className="flex min-h-7 items-center gap-2 rounded px-2 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent"
    >
      <Check aria-hidden className={chosen ? "size-4 shrink-0" : "size-4 shrink-0 opacity-0"} />
      <span className="min-w-0">
        <span className="font-mono text-[0.857rem]">{policy.code}</span> {policy.title}
        {chosen && <span className="sr-only"> (chosen)</span>}
      </span>
    </Command.Item>
  );
}
