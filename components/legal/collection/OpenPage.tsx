"use client";

import { EyeOff, MailOpen } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { CollectionDetail, ReviewContent } from "../../../contracts/legal/collections.ts";
import { statusOf } from "../../api/ApiError.ts";
import { keyOf } from "../../shell/shortcuts.ts";
import { useShortcuts } from "../../shell/useShortcuts.ts";
import { Button } from "../../ui/Button.tsx";
import { stepAmong } from "../../view/stepAmong.ts";
import { useCopyGuard } from "../../view/useCopyGuard.ts";
import { useOutOfSight } from "../../view/useOutOfSight.ts";
import { ViewClock } from "../../view/ViewClock.tsx";
import type { ViewState } from "../../view/viewMachine.ts";
import { Watermark } from "../../view/Watermark.tsx";
import { counted } from "../../words.ts";
import { readCollectionView } from "./api.ts";
import { DecideDialogs, type Deciding } from "./DecideDialogs.tsx";
import { MarkingBar } from "./MarkingBar.tsx";
import { moveMark, type Span, selectedSpan, spanOfWords, wordsOf } from "./marking.ts";
import type { Thread } from "./ReviewDesk.tsx";
import { ReviewMessage } from "./ReviewMessage.tsx";
import { ReviewToolbar } from "./ReviewToolbar.tsx";
import { threadName } from "./words.ts";

export type ReviewedMessage = ReviewContent["messages"][number];

/** What is being marked for a redaction: words of one wording of a message. */
type Marking = { messageId: string; revision: number; anchor: number; head: number };

type Props = {
  collection: CollectionDetail;
  thread: Thread;
  view: Extract<ViewState<ReviewContent>, { phase: "open" }>;
  /** Counted from 1. */
  page: number;
  onClose: () => void;
  /** The view does not stand any more. */
  onLost: () => void;
  onNext: (() => void) | null;
  onBefore: (() => void) | null;
  onChanged: () => void;
};

/**
 * A page of a thread under its view: the messages as inert text with what the packet will leave out, and the keys that
 * decide about the one that has the focus.
 */
export function OpenPage(props: Props) {
  const { collection, thread, view, page, onClose, onLost, onNext, onBefore, onChanged } = props;
  const list = useRef<HTMLElement>(null);
  const outOfSight = useOutOfSight();
  // What was read again after a decision. It is as much content as what was read first, and goes with this component.
  const [again, setAgain] = useState<ReviewContent | null>(null);
  const content = again ?? view.content;
  const [currentId, setCurrentId] = useState<string | null>(content.messages[0]?.id ?? null);
  const [marking, setMarking] = useState<Marking | null>(null);
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const current = content.messages.find(({ id }) => id === currentId) ?? null;
  const names = useMemo(() => new Map(content.participants.map((one) => [one.id, one])), [content]);
  const mayDecide = collection.rights.decide;

  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const readAgain = useCallback(async (): Promise<void> => {
    onChanged();
    const here = new AbortController();
    reading.current = here;
    try {
      setAgain(await readCollectionView(view.viewId, here.signal));
    } catch (error) {
      if (!here.signal.aborted && statusOf(error) >= 400 && statusOf(error) < 500) onLost();
    }
  }, [view.viewId, onChanged, onLost]);

  useEffect(() => {
    const first = list.current?.querySelector<HTMLElement>("[data-message]") ?? list.current;
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "nearest" });
  }, []);
  useCopyGuard(list, view.viewId);

  const words = useMemo(() => {
    const said = content.messages.find(({ id }) => id === marking?.messageId);
    const text = said?.revisions.find(({ revision }) => revision === marking?.revision)?.text ?? "";
    return wordsOf(text);
  }, [content, marking?.messageId, marking?.revision]);
  const marked = marking ? spanOfWords(words, marking) : null;
  const askRedaction = (message: ReviewedMessage, revision: number, span: Span): void =>
    setDeciding({ what: "redact", message, revision, span });

  /** What is selected by pointer, or the first word of the current message, to be moved by keys. */
  const startRedaction = (): void => {
    const selected = selectionIn(list.current);
    const chosen = content.messages.find(({ id }) => id === selected?.messageId);
    if (selected && chosen) {
      setMarking(null);
      askRedaction(chosen, selected.revision, selected.span);
      return;
    }
    const last = current?.revisions.findLast(({ text }) => text !== null && text !== "");
    if (!current || !last) return;
    setMarking({ messageId: current.id, revision: last.revision, anchor: 0, head: 0 });
    // The message is where the arrow keys go from now on.
    list.current?.querySelector<HTMLElement>(`[data-message="${current.id}"]`)?.focus();
  };
  const onMarkKey = (event: KeyboardEvent): void => {
    if (!marking || deciding) return;
    const move = MOVES[event.key];
    if (move !== undefined)
      setMarking({ ...marking, ...moveMark(marking, move, event.shiftKey, words.length) });
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const all = current?.revisions.filter(({ text }) => text !== null && text !== "") ?? [];
      const at = all.findIndex(({ revision }) => revision === marking.revision);
      const next = all[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) setMarking({ messageId: marking.messageId, revision: next.revision, anchor: 0, head: 0 });
    } else if (event.key === "Enter" && marked && current) askRedaction(current, marking.revision, marked);
    else if (event.key === "Escape") setMarking(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const about = (what: Exclude<Deciding["what"], "redact" | "rule">) =>
    mayDecide && current ? () => setDeciding({ what, message: current }) : undefined;
  const acts = {
    privileged: about("privileged"),
    outOfScope: about("out_of_scope"),
    other: about("other"),
    redact: mayDecide && content.bodies ? startRedaction : undefined,
    rule: mayDecide && content.bodies ? () => setDeciding({ what: "rule" }) : undefined,
    name: about("name"),
    takeBack: about("take-back"),
  };
  useShortcuts({
    reviewDown: () => stepAmong(list.current, 1, "[data-message]"),
    reviewUp: () => stepAmong(list.current, -1, "[data-message]"),
    reviewMore: onNext ?? undefined,
    reviewBefore: onBefore ?? undefined,
    reviewPrivileged: acts.privileged,
    reviewOutOfScope: acts.outOfScope,
    reviewOther: acts.other,
    reviewRedact: acts.redact,
    reviewRule: acts.rule,
    reviewName: acts.name,
    reviewTakeBack: acts.takeBack,
    viewClose: onClose,
  });

  return (
    <section
      ref={list}
      tabIndex={-1}
      aria-label={`Open view: ${threadName(thread)}, page ${page}`}
      onKeyDown={onMarkKey}
      className="relative m-4 min-w-0 self-start overflow-clip rounded-md border-2 border-accent bg-surface outline-none max-lg:mx-0 lg:ml-0"
    >
      <div className="sticky top-12 z-3">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-accent-soft px-3 py-2">
          <h2 className="flex items-center gap-1.5 text-base">
            <MailOpen aria-hidden className="size-4 text-accent" />
            {threadName(thread)}
          </h2>
          <p>
            Page {page} · {counted(content.messages.length, "message")} of{" "}
            {thread.messages.toLocaleString("en-GB")}
          </p>
          <span className="ml-auto flex items-center gap-3">
            <ViewClock expiresAt={view.expiresAt} />
            <Button small keys={keyOf("viewClose")} onClick={onClose}>
              Close view
            </Button>
          </span>
          <span className="sr-only" role="status">
            The page is open: {counted(content.messages.length, "message")}.
          </span>
        </div>
        {marking ? (
          <MarkingBar
            words={marked ? wordsWithin(words, marked) : 0}
            onRedact={marked && current ? () => askRedaction(current, marking.revision, marked) : undefined}
            onCancel={() => setMarking(null)}
          />
        ) : (
          mayDecide && <ReviewToolbar message={current} acts={acts} place={placeOf(content, currentId)} />
        )}
      </div>
      {outOfSight ? (
        <p className="flex items-center gap-2 px-3 py-10 text-muted">
          <EyeOff aria-hidden className="size-4" />
          Covered while this page is out of sight.
        </p>
      ) : (
        <div
          data-sealed-content
          autoCorrect="off"
          translate="no"
          spellCheck={false}
          className="relative overflow-clip pb-3"
        >
          <Watermark viewId={view.viewId} />
          {!content.bodies && (
            <p className="border-b border-line px-3 py-2 text-muted">
              Who wrote when was asked for, and not what was written: bodies were not collected.
            </p>
          )}
          {content.messages.map((message) => (
            <ReviewMessage
              key={message.id}
              message={message}
              bodies={content.bodies}
              sender={names.get(message.senderId)}
              current={message.id === currentId}
              marking={
                marking?.messageId === message.id && marked
                  ? { revision: marking.revision, span: marked }
                  : null
              }
              onCurrent={setCurrentId}
            />
          ))}
        </div>
      )}
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
        <Button small disabled={!onBefore} keys={keyOf("reviewBefore")} onClick={() => onBefore?.()}>
          Page before
        </Button>
        <Button
          small
          look={onNext ? "primary" : "secondary"}
          disabled={!onNext}
          keys={keyOf("reviewMore")}
          onClick={() => onNext?.()}
        >
          Next page
        </Button>
        <span className="text-muted">
          {onNext ? "Another page is another view on record." : "The thread ends here."}
        </span>
      </div>
      <DecideDialogs
        collection={collection}
        thread={thread}
        viewId={view.viewId}
        content={content}
        deciding={deciding}
        onClose={() => setDeciding(null)}
        onDecided={() => {
          setDeciding(null);
          setMarking(null);
          window.getSelection()?.removeAllRanges();
          void readAgain();
        }}
      />
    </section>
  );
}

const MOVES: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

const wordsWithin = (words: readonly Span[], span: Span): number =>
  words.filter(({ from, to }) => from < span.to && to > span.from).length;

function placeOf({ messages }: ReviewContent, id: string | null): string {
  const at = messages.findIndex((one) => one.id === id);
  return at < 0 ? "No message chosen" : `Message ${(at + 1).toLocaleString("en-GB")}`;
}

/** What the pointer selected, where it lies within one wording of one message. */
function selectionIn(list: HTMLElement | null): { messageId: string; revision: number; span: Span } | null {
  const selection = window.getSelection();
  const node = selection?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  const wording = element?.closest<HTMLElement>("[data-revision]");
  const message = wording?.closest<HTMLElement>("[data-message]");
  const text = wording?.querySelector<HTMLElement>("[data-hostile]");
  if (!list || !wording || !message || !text || !list.contains(message)) return null;
  const span = selectedSpan(text, selection ?? null);
  return (
    span && { messageId: message.dataset.message ?? "", revision: Number(wording.dataset.revision), span }
  );
}
