"use client";

import { SearchX } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import type { PolicyVersion, SimulateResult } from "../../contracts/accessPolicy.ts";
import type { Requirement } from "../../domain/accessPolicy.ts";
import type { Purpose } from "../../domain/vocabulary.ts";
import { simulate } from "../access/api.ts";
import { OBSTACLE_WORDS, subjectWords } from "../access/words.ts";
import { fetchEvents } from "../audit/api.ts";
import { BlankState } from "../ui/BlankState.tsx";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { SideScroll } from "../ui/SideScroll.tsx";
import { counted, ROLE_WORDS } from "../words.ts";
import { RequirementBadge } from "./RuleCell.tsx";
import { rulingSays } from "./rulingWords.ts";
import { FIRST_WHAT, type What, WhatFields } from "./WhatFields.tsx";

type Answer = { result: SimulateResult; caseId: string; number: number; purpose: Purpose };

/** Everybody who could open one case's thread, and what stands in the way of each. The look-up is in the case's trail. */
export function SimulateCase({ versions }: { versions: readonly PolicyVersion[] }) {
  const [number, setNumber] = useState("");
  const [what, setWhat] = useState<What>(FIRST_WHAT);
  const [answer, setAnswer] = useState<Answer | "no-case" | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const caseNumber = Number(number);
      // A case has been in the log since it was opened: its number leads to its id.
      const { events } = await fetchEvents({ caseNumber }, null);
      const caseId = events.find((one) => one.case)?.case?.id;
      if (!caseId) setAnswer("no-case");
      else {
        const result = await simulate({ ...what, caseId });
        setAnswer({ result, caseId, number: caseNumber, purpose: what.purpose });
      }
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
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          <label className="grid gap-1">
            <span className="heading">Number of the case</span>
            <input
              required
              inputMode="numeric"
              pattern="[0-9]{1,15}"
              autoComplete="off"
              value={number}
              onChange={(event) => setNumber(event.target.value)}
              className="field"
            />
          </label>
          <WhatFields versions={versions} value={what} onChange={setWhat} />
        </div>
        <p className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" busy={busy}>
            Say who and how
          </Button>
          <span className="text-muted">That you looked stands in the case’s trail.</span>
        </p>
      </form>
      {error != null && <Failed error={error} />}
      {answer === "no-case" && (
        <BlankState Icon={SearchX} title="There is no such case">
          Numbers stand at the head of each case and in the audit log.
        </BlankState>
      )}
      {answer !== null && answer !== "no-case" && <People {...answer} />}
    </>
  );
}

function People({ result, caseId, number, purpose }: Answer) {
  const free = result.people.filter(({ obstacles }) => obstacles.length === 0).length;
  return (
    <section aria-label="Answer" className="panel">
      <div role="status" className="px-4 py-3">
        <p>
          <Link href={`/audit/cases/${caseId}`} prefetch={false} className="underline">
            Case {number}
          </Link>
          , by version {result.version.number}: the thread counts as{" "}
          <strong>{result.subjects.map((subject) => subjectWords(subject).toLowerCase()).join(", ")}</strong>.
        </p>
        <p className="text-muted">
          {result.people.length === 0
            ? "Nobody could open it for this purpose and scope: no rule allows it for this kind of thread."
            : `The rules allow it for ${counted(result.people.length, "person", "people")}; for ${free} of them nothing else stands in the way now.`}
        </p>
      </div>
      {result.people.length > 0 && (
        <SideScroll label="People">
          <table className="w-full min-w-2xl border-collapse text-left">
            <thead>
              <tr className="heading border-y border-line bg-sunken">
                {["Who", "How", "What stands in the way", "Could approve"].map((title) => (
                  <th key={title} scope="col" className="px-4 py-1.5 font-semibold">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {result.people.map((one) => (
                <tr key={one.person.id} className="border-b border-line align-top last:border-b-0">
                  <td className="px-4 py-1.5">
                    <Link href={`/audit/staff/${one.person.id}`} prefetch={false}>
                      {one.person.name}
                    </Link>
                    <span className="block text-[0.857rem] text-muted">
                      {one.roles.map((role) => ROLE_WORDS[role]).join(", ")}
                    </span>
                  </td>
                  <td className="px-4 py-1.5">
                    <RequirementBadge value={one.requirement} />
                    <span className="block text-[0.857rem] text-muted">
                      {sentence(rulingSays(one, purpose === "threat_to_life"))}
                    </span>
                  </td>
                  <td className="px-4 py-1.5">
                    {one.obstacles.length === 0
                      ? "Nothing"
                      : sentence(one.obstacles.map((obstacle) => OBSTACLE_WORDS[obstacle]).join("; "))}
                  </td>
                  <td className="px-4 py-1.5">
                    {asksOthers(one.requirement) ? counted(one.approvers, "other") : "–"}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </SideScroll>
      )}
    </section>
  );
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const asksOthers = (requirement: Requirement): boolean =>
  requirement === "one_approver" || requirement === "two_approvers";
