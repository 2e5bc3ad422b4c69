"use client";

import { X } from "lucide-react";
import { errorWords } from "../api/ApiError.ts";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { sizeWords } from "../view/AttachmentPointer.tsx";
import { HostileText } from "../view/HostileText.tsx";
import type { Upload } from "./useUploads.ts";

const STATES: Record<Upload["state"], { name: string; tone: Tone }> = {
  waiting: { name: "Waits", tone: "plain" },
  sending: { name: "On its way", tone: "accent" },
  done: { name: "Attached", tone: "ok" },
  refused: { name: "Not taken", tone: "danger" },
  cancelled: { name: "Called off", tone: "plain" },
};

type Props = {
  uploads: readonly Upload[];
  onCancel: (id: number) => void;
  onForget: (id: number) => void;
};

/** How far each document has got, and why one was not taken. */
export function UploadList({ uploads, onCancel, onForget }: Props) {
  if (uploads.length === 0) return null;
  return (
    <ul aria-label="Documents on their way" className="grid gap-1.5">
      {uploads.map((upload) => {
        const { name, tone } = STATES[upload.state];
        const runs = upload.state === "sending" || upload.state === "waiting";
        const percent = Math.round(upload.sent * 100);
        return (
          <li key={upload.id} className="rounded border border-line bg-surface px-3 py-2">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <HostileText inline text={upload.name} className="font-semibold" />
              <span className="text-muted">{sizeWords(upload.size)}</span>
              <Badge tone={tone}>{name}</Badge>
              <span className="ml-auto">
                <Button
                  small
                  look="quiet"
                  aria-label={`${runs ? "Call off" : "Take away"}: ${upload.name}`}
                  onClick={() => (runs ? onCancel : onForget)(upload.id)}
                >
                  <X aria-hidden className="size-4" />
                  {runs ? "Call off" : "Take away"}
                </Button>
              </span>
            </div>
            {upload.state === "sending" && (
              <div className="mt-1.5 flex items-center gap-2">
                <progress
                  className="h-2 grow"
                  max={100}
                  value={percent}
                  aria-label={`Sent of ${upload.name}`}
                />
                <span className="text-muted">{percent} %</span>
              </div>
            )}
            {upload.state === "refused" && (
              <p role="alert" className="mt-1 text-danger">
                {errorWords(upload.error).title}: {errorWords(upload.error).detail}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
