"use client";

import { type FormEvent, useId, useState } from "react";
import { fieldError } from "../../api/ApiError.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { takeBack } from "./api.ts";

type Props = {
  collectionId: string;
  decisions: readonly { id: string; label: string }[];
  onClose: () => void;
  onDone: () => void;
};

/** Undoes a decision. Both stay on record: nothing that was decided is ever removed. */
export function TakeBackForm({ collectionId, decisions, onClose, onDone }: Props) {
  const id = useId();
  const [chosen, setChosen] = useState(decisions[0]?.id ?? null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (chosen === null) return;
    setBusy(true);
    setError(null);
    try {
      await takeBack(collectionId, { decisionId: chosen, reason });
      onDone();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  if (chosen === null)
    return (
      <div className="grid gap-3">
        <p>Nothing was decided about this message. That third parties stand under a number is the default.</p>
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    );
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <ChoiceChips
        legend="Which"
        name={`${id}-which`}
        choices={decisions.map(({ id: value, label }) => ({ value, label }))}
        value={chosen}
        onChoose={setChosen}
      />
      <NoteField
        label="Reason"
        value={reason}
        onChange={setReason}
        most={2000}
        error={fieldError(error, "/reason")}
        help="Decision and taking back stay on record."
      />
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          Take it back
        </Button>
      </div>
    </form>
  );
}
