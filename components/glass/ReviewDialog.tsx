"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type BreakGlassDto, FINDINGS } from "../../contracts/breakGlass.ts";
import { reviewGlass } from "../access/api.ts";
import { FINDING_WORDS } from "../access/words.ts";
import { codeOf, errorWords, fieldError } from "../api/ApiError.ts";
import { keys } from "../api/queries.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { HostileText } from "../view/HostileText.tsx";

type Props = { entry: BreakGlassDto | null; onClose: () => void };

/** The review of one breaking of the glass: a finding and why. It is written once. */
export function ReviewDialog({ entry, onClose }: Props) {
  return (
    <Dialog open={entry !== null} onClose={onClose} title={entry ? `Review: ${entry.by.name}` : ""}>
      {entry && <ReviewForm entry={entry} onClose={onClose} />}
    </Dialog>
  );
}

function ReviewForm({ entry, onClose }: { entry: BreakGlassDto; onClose: () => void }) {
  const client = useQueryClient();
  const { show } = useToasts();
  const [finding, setFinding] = useState<(typeof FINDINGS)[number] | null>(null);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { title, detail } = errorWords(error);
  const thin = codeOf(error) === "reason-without-substance";
  const wrong = fieldError(error, "/note") ?? (thin ? `${title}. ${detail}` : undefined);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!finding) return;
    setBusy(true);
    setError(null);
    try {
      await reviewGlass(entry.id, { finding, note });
      show({ id: `reviewed-${entry.id}`, title: "Reviewed", detail: `Found: ${FINDING_WORDS[finding]}.` });
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    } finally {
      void client.invalidateQueries({ queryKey: keys.glass });
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <div className="border-l-4 border-danger pl-3">
        <p className="heading">Their reason, case {entry.caseNumber}</p>
        <HostileText text={entry.reason} />
      </div>
      <p className="text-muted">
        You judge the reason, the time and the figures. The thread itself stays sealed to officers.
      </p>
      <ChoiceChips
        legend="Finding"
        name="finding"
        choices={FINDINGS.map((value) => ({ value, label: FINDING_WORDS[value] }))}
        value={finding}
        onChoose={setFinding}
      />
      <NoteField
        label="Note (required)"
        value={note}
        onChange={setNote}
        most={4000}
        error={wrong}
        help="What you looked at and what follows from it. A review is not rewritten."
      />
      {error != null && !wrong && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy} disabled={!finding}>
          Record the review
        </Button>
      </div>
    </form>
  );
}
