"use client";

import { Fragment, type ReactNode, useState } from "react";
import type { AccessRule } from "../../contracts/accessPolicy.ts";
import { subjectWords } from "../access/words.ts";
import { SideScroll } from "../ui/SideScroll.tsx";
import { type Tab, Tabs } from "../ui/Tabs.tsx";
import { PURPOSE_WORDS, ROLE_WORDS, SCOPE_WORDS } from "../words.ts";
import { COLUMNS, groupsOf, type Place, ruleAt, silentPurposes, subjectsOf } from "./matrix.ts";
import { RuleCell } from "./RuleCell.tsx";

type Props = {
  rules: readonly AccessRule[];
  /** While editing: what a cell is pressed for. Every row is then shown. */
  onEdit?: (place: Place) => void;
  /** Subjects beside those that the rules speak of. */
  more?: readonly string[];
  /** Places that differ from the policy in force. */
  changed?: (place: Place) => boolean;
};

/** Who may open what, for which purpose, and with whose leave: one table for each subject. */
export function Matrix({ rules, onEdit, more = [], changed }: Props) {
  const subjects = [...new Set([...subjectsOf(rules), ...more])];
  const [chosen, setChosen] = useState("ordinary");
  const subject = subjects.find((one) => one === chosen) ?? "ordinary";
  const groups = groupsOf(rules, subject, onEdit !== undefined);
  const silent = onEdit ? [] : silentPurposes(rules, subject);
  return (
    <Tabs
      label="Subject of the thread"
      tabs={subjects.map((value): Tab<string> => ({ value, label: subjectWords(value) }))}
      value={subject}
      onChoose={setChosen}
    >
      <SideScroll label={`Rules: ${subjectWords(subject)}`}>
        <table className="w-full min-w-3xl border-collapse text-left">
          <thead>
            <tr className="heading border-b border-line bg-sunken">
              <Head>Purpose and scope</Head>
              {COLUMNS.map((role) => (
                <Head key={role}>{ROLE_WORDS[role]}</Head>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ purpose, scopes }) => (
              <Fragment key={purpose}>
                <tr className="border-b border-line">
                  <th
                    scope="colgroup"
                    colSpan={COLUMNS.length + 1}
                    className="px-4 pt-2.5 pb-1 font-semibold"
                  >
                    {PURPOSE_WORDS[purpose]}
                  </th>
                </tr>
                {scopes.map((scope) => (
                  <tr key={scope} className="border-b border-line bg-surface align-top">
                    <th scope="row" className="px-4 py-1.5 pl-8 font-normal">
                      {SCOPE_WORDS[scope].name}
                    </th>
                    {COLUMNS.map((role) => {
                      const place = { role, purpose, scope, subject };
                      const cell = (
                        <RuleCell rule={ruleAt(rules, place)} glass={purpose === "threat_to_life"} />
                      );
                      const differs = changed?.(place) ?? false;
                      return (
                        <td key={role} className={differs ? "bg-accent-soft px-4 py-1.5" : "px-4 py-1.5"}>
                          {onEdit ? (
                            <button
                              type="button"
                              onClick={() => onEdit(place)}
                              className="relative -mx-2 min-h-7 rounded px-2 py-0.5 text-left hover:bg-sunken"
                            >
                              <span className="sr-only">
                                {`Change: ${ROLE_WORDS[role]}, ${PURPOSE_WORDS[purpose]}, ${SCOPE_WORDS[scope].name}. `}
                              </span>
                              {cell}
                              {differs && <Mark />}
                            </button>
                          ) : (
                            <>
                              {cell}
                              {differs && <Mark />}
                            </>
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </SideScroll>
      <p className="px-4 py-2 text-muted">
        {silent.length > 0 &&
          `Nobody opens such a thread for: ${silent.map((purpose) => PURPOSE_WORDS[purpose].toLowerCase()).join(", ")}. `}
        Compliance officers, administrators and auditors never open a thread; no version can change that.
      </p>
    </Tabs>
  );
}

function Mark() {
  return <span className="block text-[0.857rem] font-semibold text-accent">changed</span>;
}

function Head({ children }: { children: ReactNode }) {
  return (
    <th scope="col" className="px-4 py-1.5 font-semibold">
      {children}
    </th>
  );
}
