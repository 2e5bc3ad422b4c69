"use client";

import { useQuery } from "@tanstack/react-query";
import { Siren } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { CaseDetail } from "../../contracts/triage.ts";
import type { Scope } from "../../domain/vocabulary.ts";
import { errorWords, fieldError } from "../api/ApiError.ts";
import { asking, keys } from "../api/queries.ts";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/Notice.tsx";
import { SCOPE_WORDS } from "../words.ts";
import { fetchPolicies } from "./api.ts";
import { visibleLength } from "./visibleLength.ts";

type Props = {
  detail: CaseDetail;
  scopes: readonly Scope[];
  open: boolean;
  onClose: () => void;
  /** Resolves to what went wrong, or to null when the thread is open. */
  onBreak: (scope: Scope, reason: string) => Promise<unknown>;
};

/** For a threat to life: what happens is said before it happens, and it takes a reason, a tick and a press. */
export function BreakGlass({ detail, open, onClose, ...rest }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={`Break the glass on case ${detail.case.number}`}>
      <BreakGlassForm {...rest} onClose={onClose} />
    </Dialog>
  );
}

function BreakGlassForm({ scopes, onClose, onBreak }: Omit<Props, "detail" | "open">) {
  const [scope, setScope] = useState<Scope>(scopes[0] ?? "flagged_window");
  const [reason, setReason] = useState("");
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const id = useId();
  const policies = useQuery({
    queryKey: keys.policies,
    queryFn: (context) => fetchPolicies(asking(context)),
  });
  const settings = policies.data?.versions.find(({ state }) => state === "active")?.settings;
  const least = settings?.glassReasonLength;
  const length = visibleLength(reason);
  const refusal = error == null ? null : errorWords(error);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const failed = await onBreak(scope, reason);
    setBusy(false);
    setError(failed);
    if (failed == null) onClose();
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <p>
        For one case only: <strong>somebody’s life is in danger now</strong>, and waiting for an approver
        could cost it. Specialists and leads may do this within their regions and clearances.
      </p>
      <Notice tone="danger" title="What happens when you break the glass">
        <ul className="list-disc pl-5">
          <li>The thread opens to you at once, for a few minutes and in this session only.</li>
          <li>Every compliance officer is told now, with your name and your reason.</li>
          <li>
            An officer reviews it
            {settings && ` within ${settings.reviewHours} hours`}. Until then it escalates, and it cannot be
            dropped.
          </li>
        </ul>
      </Notice>
      <ChoiceChips
        legend="Scope"
        name="glass-scope"
        choices={scopes.map((value) => ({ value, label: SCOPE_WORDS[value].name }))}
        value={scope}
        onChoose={setScope}
      />
      <div className="grid gap-1">
        <label htmlFor={`${id}-reason`} className="heading">
          Reason (required)
        </label>
        <textarea
          id={`${id}-reason`}
          required
          rows={4}
          maxLength={2000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder="Whose life is in danger, how you know, and what you will do"
          aria-invalid={refusal ? true : undefined}
          aria-describedby={`${id}-note`}
          className="field resize-y"
        />
        <p id={`${id}-note`} className={refusal ? "text-danger" : "text-muted"}>
          {refusal
            ? `${refusal.title}. ${fieldError(error, "/reason") ?? refusal.detail}`
            : least
              ? `At least ${least} visible characters; ${length} so far.`
              : "A sentence or two."}
        </p>
      </div>
      <label className="flex items-start gap-2">
        <input
          type="checkbox"
          required
          className="mt-0.5 size-4 shrink-0"
          checked={sure}
          onChange={(event) => setSure(event.target.checked)}
        />
        A life is in danger. I know that every officer is told now and that this is reviewed.
      </label>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="danger" busy={busy}>
          <Siren aria-hidden className="size-4" />
          Break the glass
        </Button>
      </div>
    </form>
  );
}
