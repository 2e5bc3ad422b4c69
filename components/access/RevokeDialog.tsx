"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { GrantDto } from "../../contracts/access.ts";
import { keys } from "../api/queries.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { revokeGrant } from "./api.ts";

type Props = { grant: GrantDto | null; onClose: () => void };

/** Ends a grant, once more asked: what is open under it is gone at once. */
export function RevokeDialog({ grant, onClose }: Props) {
  return (
    <Dialog open={grant !== null} onClose={onClose} title="Revoke the grant">
      {grant && <RevokeForm grant={grant} onClose={onClose} />}
    </Dialog>
  );
}

function RevokeForm({ grant, onClose }: { grant: GrantDto; onClose: () => void }) {
  const client = useQueryClient();
  const { show } = useToasts();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await revokeGrant(grant.id, reason.trim() || null);
      show({ id: `revoked-${grant.id}`, title: "Revoked", detail: "What was open under it is sealed." });
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    } finally {
      void client.invalidateQueries({ queryKey: keys.grants });
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <p>
        {grant.mine ? "Your" : `${grant.by.name}’s`} grant on case {grant.caseNumber} ends now. A thread that
        is open under it is wiped from the page within a second. This cannot be undone; access can be asked
        for anew.
      </p>
      <label className="grid gap-1">
        <span className="heading">Reason (optional)</span>
        <textarea
          rows={2}
          maxLength={2000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="field resize-y"
        />
      </label>
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="danger" busy={busy}>
          Revoke
        </Button>
      </div>
    </form>
  );
}
