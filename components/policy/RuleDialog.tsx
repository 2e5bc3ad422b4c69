"use client";

import { type FormEvent, useState } from "react";
import type { AccessRule } from "../../contracts/accessPolicy.ts";
import { brokenLimit, REQUIREMENTS, type Requirement } from "../../domain/accessPolicy.ts";
import { REQUIREMENT_WORDS, subjectWords } from "../access/words.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/Notice.tsx";
import { PURPOSE_WORDS, ROLE_WORDS, SCOPE_WORDS } from "../words.ts";
import type { Place } from "./matrix.ts";

type Limits = Pick<AccessRule, "requirement" | "minutes" | "viewLimit">;
type Props = {
  place: Place | null;
  rule: AccessRule | undefined;
  subjects: readonly string[];
  onClose: () => void;
  onSet: (subjects: readonly string[], limits: Limits | null) => void;
};

/** One rule of a draft, for one subject or several. Changes the draft on this page; saving is another press. */
export function RuleDialog({ place, ...rest }: Props) {
  return (
    <Dialog
      open={place !== null}
      onClose={rest.onClose}
      title={place ? `${ROLE_WORDS[place.role]}: ${PURPOSE_WORDS[place.purpose]}` : ""}
    >
      {place && <RuleForm place={place} {...rest} />}
    </Dialog>
  );
}

const WHY_NOT = {
  "role-never-opens": "this role opens nothing, whatever a policy says",
  "counsel-only-by-law": "counsel opens threads by legal process only",
  "conflicts-need-two": "conflicts and the watch list need two approvers",
};

function RuleForm({ place, rule, subjects, onClose, onSet }: Props & { place: Place }) {
  const [requirement, setRequirement] = useState<Requirement>(rule?.requirement ?? "never");
  const [minutes, setMinutes] = useState(rule?.minutes ?? 30);
  const [viewLimit, setViewLimit] = useState(rule?.viewLimit ?? 10);
  const [chosen, setChosen] = useState<readonly string[]>([place.subject]);
  const limitOf = (subject: string, wanted: Requirement) =>
    brokenLimit({ ...place, subject, requirement: wanted });
  const broken = chosen.map((subject) => limitOf(subject, requirement)).find((limit) => limit !== null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (broken) return;
    onSet(chosen, requirement === "never" ? null : { requirement, minutes, viewLimit });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <p>
        {SCOPE_WORDS[place.scope].name}: {SCOPE_WORDS[place.scope].covers}.
      </p>
      <ChoiceChips
        legend="Requirement"
        name="requirement"
        choices={REQUIREMENTS.map((value) => {
          const limit = limitOf(place.subject, value);
          return {
            value,
            label: REQUIREMENT_WORDS[value],
            blocked: limit ? WHY_NOT[limit] : undefined,
          };
        })}
        value={requirement}
        onChoose={setRequirement}
      />
      {place.purpose === "threat_to_life" && requirement === "automatic" && (
        <Notice tone="warn" title="Automatic means break-glass here">
          It opens at once, every officer is told, and one of them reviews it.
        </Notice>
      )}
      {requirement !== "never" && (
        <div className="grid grid-cols-2 gap-3">
          <NumberField label="Minutes" most={480} value={minutes} onChange={setMinutes} />
          <NumberField label="Views" most={100} value={viewLimit} onChange={setViewLimit} />
        </div>
      )}
      <fieldset>
        <legend className="heading mb-1">For</legend>
        <div className="grid gap-1">
          {subjects.map((subject) => (
            <label key={subject} className="flex min-h-7 items-center gap-2">
              <input
                type="checkbox"
                className="size-4"
                checked={chosen.includes(subject)}
                disabled={subject === place.subject}
                onChange={(event) =>
                  setChosen((now) =>
                    event.target.checked ? [...now, subject] : now.filter((one) => one !== subject),
                  )
                }
              />
              {subjectWords(subject)}
            </label>
          ))}
        </div>
      </fieldset>
      {broken && (
        <Notice tone="warn" announce="alert" title="No policy can say this">
          For what is chosen above: {WHY_NOT[broken]}.
        </Notice>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={broken !== undefined}>
          Set the rule
        </Button>
      </div>
    </form>
  );
}

type NumberProps = { label: string; most: number; value: number; onChange: (value: number) => void };

function NumberField({ label, most, value, onChange }: NumberProps) {
  return (
    <label className="grid gap-1">
      <span className="heading">
        {label} (1 to {most})
      </span>
      <input
        required
        type="number"
        min={1}
        max={most}
        value={value || ""}
        onChange={(event) => onChange(event.target.valueAsNumber || 0)}
        className="field"
      />
    </label>
  );
}
