"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { fieldError } from "../../api/ApiError.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What the field is called, where its errors point, and what stands below it. */
  label: string;
  pointer: string;
  help?: string;
  required?: boolean;
  /** What the button says. */
  submit: string;
  danger?: boolean;
  /** Does it with the words given. What it refuses is told in the dialog, which stays. */
  act: (words: string) => Promise<unknown>;
  children?: ReactNode;
};

/** Asks for the words that go with an act, and says what it will do. */
export function WriteDialog(props: Props) {
  const { open, onClose, title, label, pointer, help, submit, act, children } = props;
  const { required = true, danger = false } = props;
  const [words, setWords] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const close = (): void => {
    setWords("");
    setError(null);
    onClose();
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await act(words.trim());
      close();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const wrong = fieldError(error, pointer);
  return (
    <Dialog open={open} onClose={close} title={title}>
      <form onSubmit={(event) => void send(event)} className="grid gap-3">
        {children}
        <label className="grid gap-1">
          <span className="heading">
            {label}
            {!required && <span className="font-normal"> (optional)</span>}
          </span>
          <textarea
            required={required}
            rows={3}
            maxLength={4000}
            autoComplete="off"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            aria-invalid={wrong ? true : undefined}
            className="field resize-y"
          />
          {(wrong || help) && <span className={wrong ? "text-danger" : "text-muted"}>{wrong ?? help}</span>}
        </label>
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
