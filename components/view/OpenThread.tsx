"use client";

import { EyeOff, MailOpen } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { CaseDetail } from "../../contracts/triage.ts";
import { GlassBanner } from "../access/GlassBanner.tsx";
import { ViewsLeft } from "../access/ViewsLeft.tsx";
import { keyOf } from "../shell/shortcuts.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { counted, SCOPE_WORDS } from "../words.ts";
import { Gap, OpenMessage } from "./OpenMessage.tsx";
import { ParticipantName } from "./ParticipantName.tsx";
import { ReporterWords } from "./ReporterWords.tsx";
import { stepAmong } from "./stepAmong.ts";
import { useCopyGuard } from "./useCopyGuard.ts";
import { useOutOfSight } from "./useOutOfSight.ts";
import { ViewClock } from "./ViewClock.tsx";
import type { ViewState } from "./viewMachine.ts";
import { Watermark } from "./Watermark.tsx";

type Props = {
  view: Extract<ViewState, { phase: "open" }>;
  detail: CaseDetail;
  onClose: () => void;
};

/** What a view shows: the messages as inert text, under the view's clock and watermark. */
export function OpenThread({ view, detail, onClose }: Props) {
  const { content, viewId, scope, truncated, expiresAt } = view;
  const list = useRef<HTMLElement>(null);
  const outOfSight = useOutOfSight();
  const outlines = useMemo(
    () => new Map(detail.thread.participants.map((participant) => [participant.id, participant])),
    [detail.thread.participants],
  );
  const names = useMemo(
    () => new Map(content.participants.map((one) => [one.id, one])),
    [content.participants],
  );
  const gaps = useMemo(
    () => new Map(content.gaps.map((gap) => [gap.beforeMessageId, gap.count])),
    [content.gaps],
  );
  // One of several threads of a participant: what the case says of its own thread does not fit.
  const elsewhere = content.caseId !== detail.case.id;
  const left = [...gaps.values()].reduce((sum, count) => sum + count, content.messages.length);
  const trailing = elsewhere ? 0 : Math.max(0, detail.thread.messageCount - left);

  useEffect(() => {
    // The first flagged message is what the reader came for.
    const first = list.current?.querySelector<HTMLElement>("[data-flagged]") ?? list.current;
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "nearest" });
  }, []);

  useCopyGuard(list, viewId);
  useShortcuts({
    viewDown: () => stepAmong(list.current, 1, "[data-message]"),
    viewUp: () => stepAmong(list.current, -1, "[data-message]"),
    viewFlagged: () => stepAmong(list.current, 1, "[data-flagged]", true),
    viewClose: onClose,
  });

  return (
    <section
      ref={list}
      tabIndex={-1}
      aria-label={`Open view: ${SCOPE_WORDS[scope].name.toLowerCase()}`}
      className="relative overflow-clip rounded-md border-2 border-accent bg-surface outline-none"
    >
      <div className="sticky top-12 z-3 lg:-top-3">
        {view.glassDueAt !== null && <GlassBanner dueAt={view.glassDueAt} />}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-accent-soft px-3 py-2">
          <h2 className="flex items-center gap-1.5 text-base">
            <MailOpen aria-hidden className="size-4 text-accent" />
            Open view
          </h2>
          <p className="text-ink">
            {elsewhere ? "Another thread of the participant" : SCOPE_WORDS[scope].name} ·{" "}
            {counted(content.messages.length, "message")}
            {!elsewhere && ` of ${detail.thread.messageCount.toLocaleString("en-GB")}`}
            {truncated && " · cut at its limit"}
            <ViewsLeft grantId={view.grantId} />
          </p>
          <span className="ml-auto flex items-center gap-3">
            <ViewClock expiresAt={expiresAt} />
            <Button small keys={keyOf("viewClose")} onClick={onClose}>
              Close view
            </Button>
          </span>
          <span className="sr-only" role="status">
            The thread is open: {counted(content.messages.length, "message")}.
          </span>
        </div>
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
          <Watermark viewId={viewId} />
          <ReporterWords words={content.reporterWords} detail={detail} />
          {content.messages.map((message, index) => {
            const sender = names.get(message.senderId);
            const pseudonym = sender?.pseudonym ?? outlines.get(message.senderId)?.pseudonym ?? "Unknown";
            const before = content.messages[index - 1];
            const gapBefore = gaps.get(message.id) ?? 0;
            const run = before?.senderId === message.senderId && gapBefore === 0 && before.kind !== "system";
            return (
              <OpenMessage
                key={message.id}
                message={message}
                senderName={pseudonym}
                gapBefore={gapBefore}
                sender={
                  run ? (
                    <span className="text-muted">{pseudonym}</span>
                  ) : (
                    <ParticipantName
                      pseudonym={pseudonym}
                      outline={outlines.get(message.senderId)}
                      names={sender}
                    />
                  )
                }
              />
            );
          })}
          {trailing > 0 && <Gap count={trailing} />}
        </div>
      )}
    </section>
  );
}
