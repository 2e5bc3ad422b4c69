"use client";

import { useId } from "react";
import type { AccountAsked } from "../../contracts/legal/requests.ts";
import { counted } from "../words.ts";
import { MOST_ACCOUNTS, pastedAccounts } from "./accountList.ts";

export type Paste = { readonly platformId: string; readonly text: string };

type Props = {
  platforms: readonly { readonly id: string; readonly name: string }[];
  value: Paste;
  onChange: (value: Paste) => void;
  error: string | undefined;
  required?: boolean;
};

/** The platform is chosen by itself only where there is no other. */
export const onOnly = (paste: Paste, platforms: Props["platforms"]): Paste => ({
  ...paste,
  platformId: paste.platformId || (platforms.length === 1 ? (platforms[0]?.id ?? "") : ""),
});

/** What a paste names, as the API takes it. */
export const accountsIn = ({ platformId, text }: Paste): AccountAsked[] =>
  platformId ? pastedAccounts(text).ids.map((accountId) => ({ platformId, accountId })) : [];

/** Accounts as the letter names them, any number at once. What was made of the paste is said while one types. */
export function AccountPaste({ platforms, value, onChange, error, required = false }: Props) {
  const id = useId();
  const { ids, repeated, tooLong, tooMany } = pastedAccounts(value.text);
  return (
    <div className="grid gap-2">
      <label className="grid max-w-sm gap-1">
        <span className="heading">Platform</span>
        <select
          className="field"
          required={ids.length > 0}
          value={value.platformId}
          onChange={(event) => onChange({ ...value, platformId: event.target.value })}
        >
          {platforms.length !== 1 && <option value="">Choose the platform</option>}
          {platforms.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <div className="grid gap-1">
        <label htmlFor={id} className="heading">
          Accounts: the platform’s own ids, one a line or separated by commas
        </label>
        <textarea
          id={id}
          rows={4}
          required={required}
          autoComplete="off"
          spellCheck={false}
          value={value.text}
          onChange={(event) => onChange({ ...value, text: event.target.value })}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-help`}
          className="field resize-y font-mono"
        />
        <div id={`${id}-help`} role="status" className="text-[0.93rem] text-muted">
          {error && <p className="text-danger">{error}</p>}
          <p>
            {ids.length === 0 ? "Paste as many as the letter names." : `${counted(ids.length, "account")}.`}
            {repeated > 0 && ` ${counted(repeated, "repeat")} left out.`}
            {ids.length > 0 && " Those that no thread of ours names are told once it is recorded."}
          </p>
          {tooLong > 0 && (
            <p className="text-danger">
              {counted(tooLong, "line")} {tooLong === 1 ? "is" : "are"} too long to be an id, and not taken.
            </p>
          )}
          {tooMany > 0 && (
            <p className="text-danger">
              {counted(tooMany, "account")} more than the {MOST_ACCOUNTS} that one request may name are not
              taken: register them as a request of their own.
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
