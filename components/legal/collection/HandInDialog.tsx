"use client";

import { type FormEvent, useState } from "react";
import type { CollectionDetail } from "../../../contracts/legal/collections.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useMove } from "../../ui/useMove.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { counted } from "../../words.ts";
import { handInCollection } from "./api.ts";
import { useDecisions, useThreads } from "./queries.ts";
import { handInLines } from "./words.ts";

type Props = { collection: CollectionDetail; open: boolean; onClose: () => void; onChanged: () => void };

/** Sums up what was decided before it is frozen. */
export function HandInDialog({ collection, open, onClose, onChanged }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={`Hand in collection ${collection.n}`}>
      <Summary collection={collection} onClose={onClose} onChanged={onChanged} />
    </Dialog>
  );
}

function Summary({ collection, onClose, onChanged }: Omit<Props, "open">) {
  const { busy, error, act } = useMove("collection", onChanged);
  const decisions = useDecisions(collection.id);
  const threads = useThreads(collection.id);
  const [sure, setSure] = useState(false);
  const standing = decisions.data?.pages[0]?.standing;
  const listed = threads.data?.pages.flatMap((page) => page.threads) ?? [];
  const unread = listed.filter(({ views, setAside }) => views === 0 && setAside === null).length;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (standing === undefined) return;
    const done = await act("hand-in", () => handInCollection(collection.id, standing), "Handed in");
    if (done) onClose();
  };
  if (standing === undefined)
    return decisions.error ? <Failed error={decisions.error} /> : <Waiting label="Summing up" lines={4} />;
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <ul aria-label="What is handed in" className="list-disc pl-5">
        {handInLines(collection).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {unread > 0 && (
        <Notice tone="warn" title={`${counted(unread, "thread")} that nobody has looked into`}>
          {threads.hasNextPage && `Of the first ${listed.length.toLocaleString("en-GB")}. `}What they say will
          be in the packet unread.
        </Notice>
      )}
      <p>
        {counted(standing, "decision")} {standing === 1 ? "is" : "are"} frozen. What changes later opens
        another round.
      </p>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          required
          className="mt-0.5 size-4"
          checked={sure}
          onChange={(event) => setSure(event.target.checked)}
        />
        The review is complete.
      </label>
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy === "hand-in"} disabled={!sure}>
          Hand in
        </Button>
      </div>
    </form>
  );
}
