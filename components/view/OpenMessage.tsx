"use client";

import clsx from "clsx";
import { Flag, Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { ViewContent } from "../../contracts/disclosure.ts";
import { Badge } from "../ui/Badge.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { MESSAGE_KIND_WORDS } from "../words.ts";
import { AttachmentPointer } from "./AttachmentPointer.tsx";
import { HostileText } from "./HostileText.tsx";

type Props = {
  message: ViewContent["messages"][number];
  /** Drawn above the first message of a run by the same sender. */
  sender: ReactNode;
  senderName: string;
  /** The number of messages that the view leaves out just before this one. */
  gapBefore: number;
};

/** One message of an open view. Its own box: nothing in it reaches over its neighbours. */
export function OpenMessage({ message, sender, senderName, gapBefore }: Props) {
  const { kind, flagged, body, attachments, editedAt, deletedAt, sentAt } = message;
  return (
    <>
      {gapBefore > 0 && <Gap count={gapBefore} />}
      <article
        tabIndex={-1}
        data-message
        data-flagged={flagged || undefined}
        aria-label={`${flagged ? "Flagged message" : "Message"} from ${senderName}, ${utcWords(sentAt)}`}
        className={clsx(
          "scroll-mt-32 scroll-mb-4 border-l-4 px-3 py-1.5 lg:scroll-mt-16",
          flagged ? "border-warn bg-warn-soft" : "border-transparent",
          "focus-visible:-outline-offset-2",
        )}
      >
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-[0.93rem]">
          {sender}
          <time dateTime={sentAt} className="text-muted">
            {utcWords(sentAt)}
          </time>
          {flagged && (
            <Badge tone="warn">
              <Flag aria-hidden className="size-3.5" />
              Flagged
            </Badge>
          )}
          {kind !== "text" && <Badge>{MESSAGE_KIND_WORDS[kind]}</Badge>}
          {editedAt && (
            <span className="inline-flex items-center gap-1 text-muted">
              <Pencil aria-hidden className="size-3.5" />
              Edited {utcWords(editedAt)}
            </span>
          )}
          {deletedAt && (
            <span className="inline-flex items-center gap-1 text-danger">
              <Trash2 aria-hidden className="size-3.5" />
              Deleted {utcWords(deletedAt)}
            </span>
          )}
        </div>
        {body === null ? (
          attachments.length === 0 && <p className="text-muted italic">No text</p>
        ) : (
          <HostileText
            text={body}
            className={clsx("max-w-[75ch] text-base", kind === "system" && "italic")}
          />
        )}
        {attachments.map((attachment, index) => (
          <AttachmentPointer key={`${message.id}-${index.toString()}`} attachment={attachment} />
        ))}
      </article>
    </>
  );
}

/** Messages that the view leaves out. */
export function Gap({ count }: { count: number }) {
  return (
    <p className="my-1 flex items-center gap-3 px-3 text-seal-ink">
      <span aria-hidden className="redacted grow" />
      {count.toLocaleString("en-GB")} {count === 1 ? "message" : "messages"} not opened
      <span aria-hidden className="redacted grow" />
    </p>
  );
}
