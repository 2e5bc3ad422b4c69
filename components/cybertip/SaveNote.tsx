"use client";

import { CircleCheck, CloudUpload, PencilLine, TriangleAlert } from "lucide-react";
import { errorWords } from "../api/ApiError.ts";
import { Time } from "../ui/Time.tsx";
import type { DraftHandle } from "./useDraft.ts";

/** How far what is on the screen is also on record. */
export function SaveNote({ handle, readOnly }: { handle: DraftHandle; readOnly: boolean }) {
  const { phase, saved, error } = handle;
  const revision = saved.revision === 0 ? "Not yet saved" : `Revision ${saved.revision}`;
  return (
    <p role="status" className="flex flex-wrap items-center gap-1.5">
      {phase === "saved" && (
        <>
          <CircleCheck aria-hidden className="size-4 text-ok" />
          {revision}
          {saved.savedAt && (
            <span className="text-muted">
              {saved.savedBy ? `${saved.savedBy.name}, ` : "saved "}
              <Time at={saved.savedAt} />
            </span>
          )}
          {readOnly && <span className="text-muted">· only to read</span>}
        </>
      )}
      {phase === "unsaved" && (
        <>
          <PencilLine aria-hidden className="size-4" />
          {revision} · changes not yet saved
        </>
      )}
      {phase === "saving" && (
        <>
          <CloudUpload aria-hidden className="size-4" />
          Saving…
        </>
      )}
      {(phase === "failed" || phase === "conflict") && (
        <span className="flex items-center gap-1.5 text-danger">
          <TriangleAlert aria-hidden className="size-4" />
          {phase === "conflict"
            ? "Somebody else has saved meanwhile"
            : `Not saved: ${errorWords(error).title}`}
        </span>
      )}
    </p>
  );
}
