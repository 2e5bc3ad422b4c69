"use client";

import { type FormEvent, useState } from "react";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import { fieldError } from "../../api/ApiError.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { changeFacts } from "../api.ts";
import { changedFacts, draftOf, type FactsDraft } from "../facts/draft.ts";
import { AskedPart, KindPart, NoticePart, RequesterPart, TimesPart } from "../facts/FactFields.tsx";
import { useAgencies } from "../queries.ts";

type Props = {
  request: RequestDetail;
  /** Whether the accounts may be told, and nothing else. */
  part?: "notice";
  onClose: () => void;
  onChanged: () => void;
};

const SCOPE = ["type", "jurisdiction", "issuer", "categories", "rangeFrom", "rangeTo", "emergency"];
const REQUESTER = ["agencyId", "agencyName", "officerName", "officerEmail", "officerPhone"];

/** Corrects what was written down, or follows what the authority changed. Says what falls with it. */
export function ChangeFactsDialog({ request, part, onClose, onChanged }: Props) {
  const { show } = useToasts();
  const agencies = useAgencies({});
  const [before] = useState(() => draftOf(request));
  const [draft, setDraft] = useState<FactsDraft>(before);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const changed = changedFacts(before, draft);
  const names = Object.keys(changed);
  const falls = names.some((name) => SCOPE.includes(name)) && request.approvedBy !== null;
  const checks = names.some((name) => REQUESTER.includes(name));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await changeFacts(request.id, { ...changed, scopeVersion: request.scopeVersion, reason });
      show({ id: "request-change", title: "Changed" });
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
      onChanged();
    }
  };
  const parts = {
    draft,
    onChange: (change: Partial<FactsDraft>) => setDraft((old) => ({ ...old, ...change })),
    error,
    agencies: agencies.data?.agencies ?? [],
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={
        part === "notice" ? "Whether the accounts may be told" : `Correct the facts of ${request.shownNumber}`
      }
    >
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        {part === undefined && (
          <>
            <KindPart {...parts} />
            <RequesterPart {...parts} />
            <TimesPart {...parts} />
            <AskedPart {...parts} />
          </>
        )}
        <NoticePart {...parts} />
        {falls && (
          <Notice tone="warn" title="The approval falls">
            What is asked changes: it has to be approved anew.
          </Notice>
        )}
        {checks && (
          <Notice tone="warn" title="Checks count no more">
            Who asks changes: what was done to verify the requester before does not count for the new one.
          </Notice>
        )}
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help="Written down wrongly, or changed by the authority: say which, and how you know."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy} disabled={names.length === 0}>
            Change it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
