"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { PolicyVersion } from "../../contracts/accessPolicy.ts";
import { movePolicy, type PolicyStep } from "../access/api.ts";
import { codeOf, errorWords, fieldError } from "../api/ApiError.ts";
import { keys } from "../api/queries.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";

const TEXT: Record<PolicyStep, { title: string; says: string; done: string }> = {
  propose: {
    title: "Propose",
    says: "Nothing changes yet. Another officer or an administrator must confirm it, and from now on its rules cannot be edited.",
    done: "Proposed",
  },
  confirm: {
    title: "Confirm",
    says: "It comes into force now, for everybody. Running grants that it no longer allows end at once, and open threads with them.",
    done: "In force",
  },
  reject: {
    title: "Reject",
    says: "The proposal ends here and stays in the history. Whoever wrote it can begin another.",
    done: "Rejected",
  },
  withdraw: { title: "Withdraw", says: "The version ends here and stays in the history.", done: "Withdrawn" },
};

type Props = { version: PolicyVersion; step: PolicyStep | null; onClose: () => void };

/** One step of a version's life, with the reason for it. */
export function StepDialog({ version, step, onClose }: Props) {
  return (
    <Dialog
      open={step !== null}
      onClose={onClose}
      title={step ? `${TEXT[step].title} version ${version.number}` : ""}
    >
      {step && <StepForm version={version} step={step} onClose={onClose} />}
    </Dialog>
  );
}

function StepForm({
  version,
  step,
  onClose,
}: {
  version: PolicyVersion;
  step: PolicyStep;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { show } = useToasts();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { title, says, done } = TEXT[step];
  const words = errorWords(error);
  const thin = codeOf(error) === "reason-without-substance";
  const wrong = fieldError(error, "/reason") ?? (thin ? `${words.title}. ${words.detail}` : undefined);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await movePolicy(version.id, step, reason);
      show({ id: `policy-${version.id}`, title: `Version ${version.number}: ${done.toLowerCase()}` });
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    } finally {
      void client.invalidateQueries({ queryKey: keys.policies });
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <p>{says}</p>
      <NoteField
        label="Reason (required)"
        value={reason}
        onChange={setReason}
        most={2000}
        error={wrong}
        help="It stands in the history and in the audit log."
      />
      {error != null && !wrong && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look={step === "reject" || step === "withdraw" ? "danger" : "primary"}
          busy={busy}
        >
          {title}
        </Button>
      </div>
    </form>
  );
}
