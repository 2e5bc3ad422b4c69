"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { CollectRequest } from "../../../contracts/legal/collections.ts";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { SENT_BY, type SentBy } from "../../../domain/legal/collectionWords.ts";
import { DATA_CATEGORIES, type DataCategory } from "../../../domain/legal/vocabulary.ts";
import { fieldError } from "../../api/ApiError.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { HostileText } from "../../view/HostileText.tsx";
import { categoryWords } from "../production/words.ts";
import { collect, collectionKeys } from "./api.ts";
import { SENT_BY_WORDS } from "./words.ts";

type Props = { request: RequestDetail; onClose: () => void; onCollected: () => void };

/** What to take of what was approved: never more, and less where less will do. Recorded for good before anything is read. */
export function CollectForm({ request, onClose, onCollected }: Props) {
  const id = useId();
  const client = useQueryClient();
  const router = useRouter();
  const offered = DATA_CATEGORIES.filter((one) => request.allowed.some((allowed) => allowed === one));
  const [categories, setCategories] = useState<readonly DataCategory[]>(offered);
  const [accounts, setAccounts] = useState<readonly number[]>(request.accountList.map(({ n }) => n));
  const [sentBy, setSentBy] = useState<SentBy>("anyone");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const body: CollectRequest = {
      accounts: [...accounts],
      categories: [...categories],
      sentBy,
      // What is left out is as the request says.
      ...(from === "" ? {} : { from: `${from}T00:00:00Z` }),
      ...(until === "" ? {} : { until: `${until}T00:00:00Z` }),
    };
    try {
      const collected = await collect(request.id, body);
      void client.invalidateQueries({ queryKey: collectionKeys.all });
      onCollected();
      onClose();
      router.push(`/lawful-requests/${request.id}/collections/${collected.id}`);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <fieldset className="grid gap-1">
        <legend className="heading mb-1">Accounts</legend>
        {request.accountList.map(({ n, accountId, platform }) => (
          <Tick
            key={n}
            checked={accounts.includes(n)}
            onChange={(yes) =>
              setAccounts((old) => (yes ? [...old, n].sort((a, b) => a - b) : old.filter((one) => one !== n)))
            }
          >
            <HostileText text={accountId} inline /> <span className="text-muted">{platform}</span>
          </Tick>
        ))}
      </fieldset>
      <fieldset className="grid gap-1">
        <legend className="heading mb-1">Categories that may be given</legend>
        {offered.map((category) => (
          <Tick
            key={category}
            checked={categories.includes(category)}
            onChange={(yes) =>
              setCategories((old) => offered.filter((one) => (one === category ? yes : old.includes(one))))
            }
          >
            {categoryWords(category)}
          </Tick>
        ))}
        {offered.length === 0 && <p className="text-muted">None: nothing may be given as it stands.</p>}
      </fieldset>
      <div className="flex flex-wrap gap-3">
        <Day
          label="From (UTC)"
          value={from}
          onChange={setFrom}
          help={request.rangeFrom ? `Else ${utcWords(request.rangeFrom)}, as asked.` : "Else the beginning."}
          error={fieldError(error, "/from")}
        />
        <Day
          label="Until (UTC), not included"
          value={until}
          onChange={setUntil}
          help={request.rangeTo ? `Else ${utcWords(request.rangeTo)}, as asked.` : "Else now."}
          error={fieldError(error, "/until")}
        />
      </div>
      <ChoiceChips
        legend="Messages of"
        name={`${id}-by`}
        choices={SENT_BY.map((value) => ({ value, label: SENT_BY_WORDS[value] }))}
        value={sentBy}
        onChoose={setSentBy}
      />
      <p className="text-muted">
        The query, its counts and the moment are recorded and cannot be changed. What is collected is held,
        and nothing of it is opened by this.
      </p>
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={busy}
          disabled={categories.length === 0 || accounts.length === 0}
        >
          Collect
        </Button>
      </div>
    </form>
  );
}

type TickProps = { checked: boolean; onChange: (yes: boolean) => void; children: ReactNode };

function Tick({ checked, onChange, children }: TickProps) {
  return (
    <label className="flex min-h-7 items-center gap-2">
      <input
        type="checkbox"
        className="size-4"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}

type DayProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help: string;
  error: string | undefined;
};

function Day({ label, value, onChange, help, error }: DayProps) {
  return (
    <label className="grid gap-1">
      <span className="heading">{label}</span>
      <input
        type="date"
        className="field"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
      />
      <span className={error ? "text-danger" : "text-muted"}>{error ?? help}</span>
    </label>
  );
}
