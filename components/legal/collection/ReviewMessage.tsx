"use client";

import clsx from "clsx";
import { EyeOff, Paperclip, Pencil, Trash2 } from "lucide-react";
import { memo } from "react";
import type { ReviewContent } from "../../../contracts/legal/collections.ts";
import { Badge } from "../../ui/Badge.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { sizeWords } from "../../view/AttachmentPointer.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { MESSAGE_KIND_WORDS } from "../../words.ts";
import { MarkedText } from "./MarkedText.tsx";
import type { Span } from "./marking.ts";
import type { ReviewedMessage } from "./OpenPage.tsx";
import { WITHHELD_WORDS } from "./words.ts";

type Participant = ReviewContent["participants"][number];
type Props = {
  message: ReviewedMessage;
  /** Whether bodies were collected at all. */
  bodies: boolean;
  sender: Participant | undefined;
  current: boolean;
  marking: { revision: number; span: Span } | null;
  onCurrent: (messageId: string) => void;
};

/** One message of a collection with all its wordings: what will be produced, what will not, and why. */
export const ReviewMessage = memo(function ReviewMessage(props: Props) {
  const { message, bodies, sender, current, marking, onCurrent } = props;
  const { id, sentAt, kind, deletedAt, setAside, revisions } = message;
  const label = sender?.label ?? "Unknown";
  return (
    <article
      tabIndex={-1}
      data-message={id}
      aria-current={current || undefined}
      aria-label={`${setAside ? "Message set aside" : "Message"} from ${label}, ${utcWords(sentAt)}`}
      onFocus={() => onCurrent(id)}
      onPointerDown={() => onCurrent(id)}
      className={clsx(
        "scroll-mt-44 scroll-mb-4 border-b border-l-4 border-b-line px-3 py-1.5 outline-none",
        current ? "border-l-accent" : "border-l-transparent",
        setAside && "bg-sunken",
      )}
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-[0.93rem]">
        <Sender sender={sender} label={label} />
        <time dateTime={sentAt} className="text-muted">
          {utcWords(sentAt, true)}
        </time>
        {kind !== "text" && <Badge>{MESSAGE_KIND_WORDS[kind]}</Badge>}
        {revisions.length > 1 && (
          <span className="inline-flex items-center gap-1 text-muted">
            <Pencil aria-hidden className="size-3.5" />
            {revisions.length} wordings
          </span>
        )}
        {deletedAt && (
          <span className="inline-flex items-center gap-1 text-danger">
            <Trash2 aria-hidden className="size-3.5" />
            Deleted {utcWords(deletedAt)}
          </span>
        )}
      </div>
      {setAside && (
        <p className="flex flex-wrap items-center gap-1.5">
          <Badge tone="warn">
            <EyeOff aria-hidden className="size-3.5" />
            Withheld: {WITHHELD_WORDS[setAside.kind].toLowerCase()}
            {setAside.wholeThread && ", with the whole thread"}
          </Badge>
          <HostileText text={setAside.reason} inline className="text-muted" />
        </p>
      )}
      {revisions.map((one, n) => (
        <div key={one.revision} data-revision={one.revision}>
          {revisions.length > 1 && (
            <p className="mt-1 text-[0.857rem] text-muted">
              Wording {n + 1} of {revisions.length}
              {one.editedAt && `, edited ${utcWords(one.editedAt, true)}`}
              {one.deletedAt && `, deleted ${utcWords(one.deletedAt, true)}`}
            </p>
          )}
          {one.text === null
            ? bodies && one.attachments.length === 0 && <p className="text-muted italic">No text</p>
            : one.text !== "" && (
                <MarkedText
                  text={one.text}
                  marks={one.marks}
                  marking={marking?.revision === one.revision ? marking.span : null}
                />
              )}
          {one.attachments.map((attachment) => (
            <p
              key={attachment.ordinal}
              className="mt-1 flex w-fit flex-wrap items-center gap-x-1.5 rounded border border-dashed border-seal-line bg-seal px-2.5 py-1 text-seal-ink"
            >
              <Paperclip aria-hidden className="size-4" />
              <HostileText text={attachment.mediaType} inline />
              <span>· {sizeWords(attachment.sizeBytes)}</span>
            </p>
          ))}
        </div>
      ))}
    </article>
  );
});

function Sender({ sender, label }: { sender: Participant | undefined; label: string }) {
  if (!sender || sender.namedBy === null) return <strong>{label}</strong>;
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5">
      <strong>
        <HostileText text={label} inline />
      </strong>
      {sender.displayName !== null && <HostileText text={sender.displayName} inline />}
      {sender.handle !== null && <HostileText text={sender.handle} inline className="text-muted" />}
      <Badge tone={sender.namedBy === "request" ? "accent" : "plain"}>
        {sender.namedBy === "request" ? "named in the request" : "named by counsel"}
      </Badge>
    </span>
  );
}
