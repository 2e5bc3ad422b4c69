"use client";

import { type FormEvent, useId, useState } from "react";
import type { ReviewContent } from "../../../contracts/legal/collections.ts";
import { fieldError } from "../../api/ApiError.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { nameParticipant } from "./api.ts";

type Props = {
  collectionId: string;
  threadId: string;
  /** Third parties, as they are called here. */
  participants: ReviewContent["participants"];
  /** Whom the page was at. */
  first: string;
  onClose: () => void;
  onDone: () => void;
};

/** A third party stands under a number unless there is a reason to name them. */
export function NameForm({ collectionId, threadId, participants, first, onClose, onDone }: Props) {
  const id = useId();
  const [chosen, setChosen] = useState(
    participants.find((one) => one.id === first)?.id ?? participants[0]?.id ?? null,
  );
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (chosen === null) return;
    setBusy(true);
    setError(null);
    try {
      await nameParticipant(collectionId, { threadId, participantId: chosen, reason });
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
        <p>Everybody who writes on this page is named already.</p>
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    );
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <p>
        The account’s id, handle and display name will be in the packet, in every thread of this collection.
      </p>
      <ChoiceChips
        legend="Who"
        name={`${id}-who`}
        choices={participants.map((one) => ({ value: one.id, label: one.label }))}
        value={chosen}
        onChoose={setChosen}
      />
      <NoteField
        label="Reason"
        value={reason}
        onChange={setReason}
        most={2000}
        error={fieldError(error, "/reason")}
        help="Why what is asked for covers them. The second counsel reads it."
      />
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          Name them
        </Button>
      </div>
    </form>
  );
}
