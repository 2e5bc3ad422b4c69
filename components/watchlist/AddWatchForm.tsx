"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { WATCH_CATEGORIES, type WatchList } from "../../contracts/watchList.ts";
import { addWatch } from "../access/api.ts";
import { PlatformAccount } from "../access/PlatformAccount.tsx";
import { WATCH_CATEGORY_WORDS } from "../access/words.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Failed } from "../ui/Failed.tsx";
import { WATCH_KEY } from "./key.ts";

type Props = { platforms: WatchList["platforms"]; onDone: () => void };

/** Puts one account on the watch list. */
export function AddWatchForm({ platforms, onDone }: Props) {
  const client = useQueryClient();
  const { show } = useToasts();
  const [account, setAccount] = useState({ platformId: platforms[0]?.id ?? "", accountId: "" });
  const [category, setCategory] = useState<(typeof WATCH_CATEGORIES)[number]>("journalist");
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      // A day lasts to its end, in UTC like every time here.
      await addWatch({
        platformId: account.platformId,
        participantId: account.accountId,
        category,
        reason,
        until: until ? `${until}T23:59:59Z` : null,
      });
      show({ id: "watch-added", title: "The account is on the list" });
      onDone();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    } finally {
      void client.invalidateQueries({ queryKey: WATCH_KEY });
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <PlatformAccount platforms={platforms} value={account} onChange={setAccount} />
      <ChoiceChips
        legend="Category"
        name="category"
        choices={WATCH_CATEGORIES.map((value) => ({ value, label: WATCH_CATEGORY_WORDS[value] }))}
        value={category}
        onChoose={setCategory}
      />
      <label className="grid gap-1">
        <span className="heading">Reason</span>
        <textarea
          required
          rows={2}
          maxLength={2000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="field resize-y"
        />
      </label>
      <label className="grid max-w-60 gap-1">
        <span className="heading">Until the end of (UTC, optional)</span>
        <input
          type="date"
          className="field"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </label>
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          Add
        </Button>
      </div>
    </form>
  );
}
