import type { PolicyVersion } from "../../contracts/accessPolicy.ts";
import { PURPOSES, type Purpose, SCOPES, type Scope } from "../../domain/vocabulary.ts";
import { POLICY_STATE_WORDS } from "../access/words.ts";
import { PURPOSE_WORDS, SCOPE_WORDS } from "../words.ts";

/** What is tried: a version, a purpose, a scope. */
export type What = { versionId: string | null; purpose: Purpose; scope: Scope };
export const FIRST_WHAT: What = { versionId: null, purpose: "user_report_review", scope: "flagged_window" };

type Props = { versions: readonly PolicyVersion[]; value: What; onChange: (value: What) => void };

/** The fields that both ways of the simulator share. */
export function WhatFields({ versions, value, onChange }: Props) {
  return (
    <>
      <label className="grid gap-1">
        <span className="heading">Purpose</span>
        <select
          className="field"
          value={value.purpose}
          onChange={(event) => onChange({ ...value, purpose: event.target.value as Purpose })}
        >
          {PURPOSES.map((purpose) => (
            <option key={purpose} value={purpose}>
              {PURPOSE_WORDS[purpose]}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1">
        <span className="heading">Scope</span>
        <select
          className="field"
          value={value.scope}
          onChange={(event) => onChange({ ...value, scope: event.target.value as Scope })}
        >
          {SCOPES.map((scope) => (
            <option key={scope} value={scope}>
              {SCOPE_WORDS[scope].name}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1">
        <span className="heading">By version</span>
        <select
          className="field"
          value={value.versionId ?? ""}
          onChange={(event) => onChange({ ...value, versionId: event.target.value || null })}
        >
          <option value="">The one in force</option>
          {versions
            .filter(({ state }) => state !== "active")
            .map(({ id, number, state }) => (
              <option key={id} value={id}>
                Version {number} ({POLICY_STATE_WORDS[state].toLowerCase()})
              </option>
            ))}
        </select>
      </label>
    </>
  );
}
