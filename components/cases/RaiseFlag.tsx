"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { CaseDetail } from "../../contracts/triage.ts";
import { CATEGORIES, type Category, SEVERITIES, type Severity } from "../../domain/vocabulary.ts";
import { fieldError } from "../api/ApiError.ts";
import { raiseFlag } from "../api/endpoints.ts";
import { keys } from "../api/queries.ts";
import { useToasts } from "../shell/toasts.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { CATEGORY_WORDS, SEVERITY_WORDS } from "../words.ts";

type Props = { detail: CaseDetail; open: boolean; onClose: () => void };

/** A flag made by staff: it joins the case and raises its priority, and opens nothing. */
export function RaiseFlag({ detail, open, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={`Raise a flag on case ${detail.case.number}`}>
      <RaiseFlagForm detail={detail} onClose={onClose} />
    </Dialog>
  );
}

function RaiseFlagForm({ detail, onClose }: Omit<Props, "open">) {
  const client = useQueryClient();
  const { show } = useToasts();
  const [category, setCategory] = useState<Category>(detail.case.category);
  const [severity, setSeverity] = useState<Severity>(detail.case.severity);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const reasonError = fieldError(error, "/reason");

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await raiseFlag(detail.case.id, { category, severity, reason });
      await client.invalidateQueries({ queryKey: keys.case(detail.case.id) });
      show({ id: "flag-raised", title: `Case ${detail.case.number}: your flag has joined it` });
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-3">
      <p className="text-muted">
        For another rule that the platform did not name. A flag made by staff opens nothing: the thread stays
        sealed to everyone it is sealed to now.
      </p>
      <label className="grid gap-1">
        <span className="heading">Category</span>
        <select
          className="field"
          value={category}
          onChange={(event) => setCategory(event.target.value as Category)}
        >
          {CATEGORIES.map((value) => (
            <option key={value} value={value}>
              {CATEGORY_WORDS[value]}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1">
        <span className="heading">Severity</span>
        <select
          className="field"
          value={severity}
          onChange={(event) => setSeverity(event.target.value as Severity)}
        >
          {SEVERITIES.map((value) => (
            <option key={value} value={value}>
              {SEVERITY_WORDS[value]}
            </option>
          ))}
        </select>
      </label>
      <label className="grid gap-1">
        <span className="heading">Reason</span>
        <textarea
          required
          rows={3}
          maxLength={2000}
          autoComplete="off"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          aria-invalid={reasonError ? true : undefined}
          aria-describedby={`${id}-error`}
          className="field resize-y"
        />
        <span id={`${id}-error`} className="text-danger">
          {reasonError}
        </span>
      </label>
      {error != null && <Failed error={error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          Raise the flag
        </Button>
      </div>
    </form>
  );
}
