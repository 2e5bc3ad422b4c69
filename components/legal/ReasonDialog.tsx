"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { fieldError } from "../api/ApiError.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What the button says. */
  submit: string;
  danger?: boolean;
  help: string;
  /** Does it for the reason given. What it refuses is told in the dialog, which stays. */
  act: (reason: string) => Promise<unknown>;
  children: ReactNode;
};

/** Asks for the reason of an act that cannot be taken back, and says what it will do. */
export function ReasonDialog({ open, onClose, title, submit, danger = false, help, act, children }: Props) {
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = (): void => {
    setReason("");
    setError(null);
    onClose();
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await act(reason);
      close();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open={open} onClose={close} title={title}>
      <form onSubmit={(event) => void send(event)} className="grid gap-3">
        <p>{children}</p>
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help={help}
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" look={danger ? "danger" : "primary"} busy={busy}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
