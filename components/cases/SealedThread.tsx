import { Flag, ImageIcon, Paperclip, Pencil, Stamp, Trash2, Video } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import type { CaseDetail, MessageOutline } from "../../contracts/triage.ts";
import { utcWords } from "../ui/timeWords.ts";
import { counted, MESSAGE_KIND_WORDS } from "../words.ts";

type Props = { detail: CaseDetail; sectionRef: RefObject<HTMLElement | null>; children: ReactNode };

/**
 * The thread, sealed: an envelope with what is written on the outside. Who wrote when and what is flagged; no word of
 * what was said has reached this page. `children` is how to open it.
 */
export function SealedThread({ detail, sectionRef, children }: Props) {
  const { messages, participants, messageCount } = detail.thread;
  const pseudonyms = new Map(participants.map(({ id, pseudonym }) => [id, pseudonym]));
  const flagged = messages.filter((message) => message.flagged).length;
  return (
    <section
      ref={sectionRef}
      tabIndex={-1}
      aria-label="Sealed thread"
      className="outline-none overflow-clip rounded-md border border-seal-line bg-seal"
    >
      <div aria-hidden className="flap" />
      <div className="relative -mt-5 flex flex-col items-center gap-1 px-4 pb-3 text-center text-seal-ink">
        <span className="rounded-full border-2 border-seal-line bg-seal p-2">
          <Stamp aria-hidden className="size-5" />
        </span>
        <h2 className="text-base">The thread is sealed</h2>
        <p>
          {counted(messageCount, "message")}, {flagged} flagged. Nothing of what they say is on this page.
        </p>
      </div>
      <div className="border-y border-seal-line bg-surface px-4 py-3">{children}</div>
      <ol aria-label="Messages, sealed" className="px-4 py-2 text-seal-ink">
        {messages.map((message, index) => (
          <SealedMessage
            key={message.id}
            message={message}
            sender={pseudonyms.get(message.senderId) ?? "Unknown"}
            repeated={messages[index - 1]?.senderId === message.senderId}
          />
        ))}
      </ol>
      {messages.length < messageCount && (
        <p className="border-t border-seal-line px-4 py-2 text-seal-ink">
          {counted(messageCount - messages.length, "further message")} of the thread{" "}
          {messageCount - messages.length === 1 ? "is" : "are"} not listed.
        </p>
      )}
    </section>
  );
}

type RowProps = { message: MessageOutline; sender: string; repeated: boolean };

function SealedMessage({ message, sender, repeated }: RowProps) {
  const { kind, flagged, edited, deleted, attachments, sentAt, id } = message;
  return (
    <li className="grid grid-cols-[1.25rem_7rem_minmax(2rem,1fr)_auto] max-sm:grid-cols-[1.25rem_6rem_minmax(1.5rem,1fr)_auto] items-center gap-x-2 py-0.5">
      <span>
        {flagged && (
          <>
            <Flag aria-hidden className="size-4 fill-warn text-warn" />
            <span className="sr-only">Flagged: </span>
          </>
        )}
      </span>
      <span className={repeated ? "truncate" : "truncate font-semibold"}>{sender}</span>
      <span className="flex min-w-0 items-center gap-2">
        <span className="sr-only">{MESSAGE_KIND_WORDS[kind]} message, sealed</span>
        <span aria-hidden className={`redacted ${barWidth(id)}`} />
        {kind === "media" && <Mark Icon={ImageIcon} words="Media" />}
        {kind === "shared_video" && <Mark Icon={Video} words="Shared video" />}
        {kind === "system" && <span aria-hidden>System</span>}
        {attachments > 0 && <Mark Icon={Paperclip} words={counted(attachments, "attachment")} />}
        {edited && <Mark Icon={Pencil} words="Edited" />}
        {deleted && <Mark Icon={Trash2} words="Deleted" />}
      </span>
      <time dateTime={sentAt} className="text-[0.857rem] whitespace-nowrap">
        {utcWords(sentAt)}
      </time>
    </li>
  );
}

function Mark({ Icon, words }: { Icon: typeof Flag; words: string }) {
  return (
    <span title={words} className="shrink-0">
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** The bars differ, so that the eye finds its place again; they say nothing about the length of what is sealed. */
function barWidth(id: string): string {
  const widths = ["w-1/3", "w-1/2", "w-2/3", "w-2/5", "w-3/5"];
  return widths[id.charCodeAt(id.length - 1) % widths.length] ?? "w-1/2";
}
