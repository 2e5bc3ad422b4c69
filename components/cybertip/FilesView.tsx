"use client";

import { ImageOff } from "lucide-react";
import { type FormEvent, useCallback, useState } from "react";
import { errorWords } from "../api/ApiError.ts";
import { checkView } from "../api/endpoints.ts";
import { Button } from "../ui/Button.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useSealed } from "../view/useSealedView.ts";
import { ViewClock } from "../view/ViewClock.tsx";
import { openFilesView } from "./api.ts";

/** The view under which files may be looked at: another one than the report's, with a reason of its own. */
export function useFilesView(caseId: string) {
  const { state, open, seal } = useSealed(checkView);
  const begin = useCallback(
    (reason: string) =>
      open({ scope: "attachment", purpose: "child_safety_report" }, () => openFilesView(caseId, reason)),
    [caseId, open],
  );
  return { state, begin, seal, viewId: state.phase === "open" ? state.viewId : null };
}

/** How files come to be looked at: never by themselves, and only for a reason that is on record. */
export function FilesView({ handle }: { handle: ReturnType<typeof useFilesView> }) {
  const { state, begin, seal } = handle;
  const [reason, setReason] = useState("");
  if (state.phase === "open")
    return (
      <p className="flex flex-wrap items-center gap-3 rounded border border-accent bg-accent-soft px-3 py-1.5">
        <span>Files may be looked at. Each stays blurred and grey until you ask for more.</span>
        <span className="ml-auto flex items-center gap-3">
          <ViewClock expiresAt={state.expiresAt} />
          <Button small onClick={() => seal("closed")}>
            Seal the files
          </Button>
        </span>
      </p>
    );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void begin(reason);
  };
  const words = state.phase === "sealed" && state.error != null ? errorWords(state.error) : null;
  return (
    <details className="rounded border border-seal-line bg-seal px-3 py-1.5 text-seal-ink">
      <summary>
        <ImageOff aria-hidden className="mr-1.5 inline size-4 align-[-0.2em]" />
        Files are sealed. Nobody needs to look at one to report it.
      </summary>
      <form onSubmit={submit} className="mt-2 grid gap-2 text-ink">
        <NoteField
          label="Why files must be looked at"
          value={reason}
          onChange={setReason}
          most={2000}
          error={undefined}
          help="A reason of its own, committed before anything is fetched. What you have shown whole is what the report says was viewed."
        />
        {words && (
          <Notice tone="warn" announce="alert" title={words.title}>
            {words.detail}
          </Notice>
        )}
        <div>
          <Button type="submit" busy={state.phase === "opening"}>
            Unseal the files
          </Button>
        </div>
      </form>
    </details>
  );
}
