"use client";

import { MailOpen } from "lucide-react";
import { useRef, useState } from "react";
import type { ViewContent } from "../../contracts/disclosure.ts";
import { readView } from "../api/endpoints.ts";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { OpenMessage } from "../view/OpenMessage.tsx";
import { ParticipantName } from "../view/ParticipantName.tsx";
import { ReporterWords } from "../view/ReporterWords.tsx";
import { useCopyGuard } from "../view/useCopyGuard.ts";
import { Watermark } from "../view/Watermark.tsx";

/** The messages of the view under which the report is open, to write from. Read when asked for, gone with the view. */
export function MessagesAside({ viewId }: { viewId: string }) {
  const [content, setContent] = useState<ViewContent | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  useCopyGuard(list, viewId);
  const read = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setContent(await readView(viewId, new AbortController().signal));
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  if (!content)
    return (
      <div className="grid gap-2">
        {error != null && <Failed error={error} />}
        <p>
          <Button small busy={busy} onClick={() => void read()}>
            <MailOpen aria-hidden className="size-4" />
            Show the messages of this view
          </Button>
        </p>
      </div>
    );
  const names = new Map(content.participants.map((one) => [one.id, one]));
  const gaps = new Map(content.gaps.map((gap) => [gap.beforeMessageId, gap.count]));
  return (
    <div ref={list} className="relative max-h-[70vh] overflow-auto rounded border border-line">
      <Watermark viewId={viewId} />
      <ReporterWords words={content.reporterWords} detail={null} />
      {content.messages.map((message) => {
        const sender = names.get(message.senderId);
        const pseudonym = sender?.pseudonym ?? "Unknown";
        return (
          <OpenMessage
            key={message.id}
            message={message}
            senderName={pseudonym}
            gapBefore={gaps.get(message.id) ?? 0}
            sender={<ParticipantName pseudonym={pseudonym} names={sender} />}
          />
        );
      })}
    </div>
  );
}
