"use client";

import { type FormEvent, useState } from "react";
import type { PolicyVersion, SimulateResult } from "../../contracts/accessPolicy.ts";
import { OPENING_ROLES } from "../../domain/accessPolicy.ts";
import type { Role } from "../../domain/vocabulary.ts";
import { simulate } from "../access/api.ts";
import { subjectWords } from "../access/words.ts";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { ROLE_WORDS } from "../words.ts";
import { RequirementBadge } from "./RuleCell.tsx";
import { rulingBecause, rulingSays } from "./rulingWords.ts";
import { FIRST_WHAT, type What, WhatFields } from "./WhatFields.tsx";

type Answer = { result: SimulateResult; roles: Role[]; what: What };

/** A made-up person before a made-up thread. */
export function SimulateRole({ versions }: { versions: readonly PolicyVersion[] }) {
  const [roles, setRoles] = useState<Role[]>(["moderator"]);
  const [plain, setPlain] = useState("ordinary");
  const [also, setAlso] = useState<string[]>([]);
  const [what, setWhat] = useState<What>(FIRST_WHAT);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      setAnswer({ result: await simulate({ ...what, roles, subjects: [plain, ...also] }), roles, what });
    } catch (refusal) {
      setAnswer(null);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <form onSubmit={(event) => void submit(event)} className="panel grid gap-3 p-4">
        <Ticks
          legend="Somebody who is"
          values={OPENING_ROLES}
          words={(role) => ROLE_WORDS[role]}
          chosen={roles}
          onChange={setRoles}
        />
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          <label className="grid gap-1">
            <span className="heading">Thread</span>
            <select className="field" value={plain} onChange={(event) => setPlain(event.target.value)}>
              {["ordinary", "restricted"].map((subject) => (
                <option key={subject} value={subject}>
                  {subjectWords(subject)}
                </option>
              ))}
            </select>
          </label>
          <WhatFields versions={versions} value={what} onChange={setWhat} />
        </div>
        <Ticks
          legend="In the thread is"
          values={["watch_listed", "conflict"]}
          words={subjectWords}
          chosen={also}
          onChange={setAlso}
        />
        <span>
          <Button type="submit" look="primary" busy={busy} disabled={roles.length === 0}>
            Say how
          </Button>
        </span>
      </form>
      {error != null && <Failed error={error} />}
      {answer?.result.ruling && (
        <section aria-label="Answer" role="status" className="panel grid gap-1 p-4">
          <p className="flex flex-wrap items-center gap-2">
            <RequirementBadge value={answer.result.ruling.requirement} />
            <span>
              {answer.roles.map((role) => ROLE_WORDS[role]).join(" and ")}:{" "}
              {rulingSays(answer.result.ruling, answer.what.purpose === "threat_to_life")}
            </span>
          </p>
          <p className="text-muted">
            By version {answer.result.version.number}.{" "}
            {rulingBecause(answer.result.ruling, answer.roles, answer.result.subjects)} Queue, region,
            clearance and claim come on top of it.
          </p>
        </section>
      )}
    </>
  );
}

type TicksProps<T extends string> = {
  legend: string;
  values: readonly T[];
  words: (value: T) => string;
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
};

function Ticks<T extends string>({ legend, values, words, chosen, onChange }: TicksProps<T>) {
  return (
    <fieldset>
      <legend className="heading mb-1">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {values.map((value) => (
          <label key={value} className="flex min-h-7 items-center gap-1.5">
            <input
              type="checkbox"
              className="size-4"
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
              }
            />
            {words(value)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
