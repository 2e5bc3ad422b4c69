"use client";

import { MailOpen, Stamp } from "lucide-react";
import { useCallback, useState } from "react";
import type { CollectionDetail } from "../../../contracts/legal/collections.ts";
import type { WithheldKind } from "../../../domain/legal/collectionWords.ts";
import { errorWords } from "../../api/ApiError.ts";
import { keyOf } from "../../shell/shortcuts.ts";
import { useShortcuts } from "../../shell/useShortcuts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Fact, Facts } from "../../ui/Facts.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Instant } from "../../ui/Time.tsx";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { useSealed } from "../../view/useSealedView.ts";
import type { Resealed } from "../../view/viewMachine.ts";
import { counted } from "../../words.ts";
import { ReasonDialog } from "../ReasonDialog.tsx";
import { openCollectionView, readCollectionView, setAside, takeBack } from "./api.ts";
import { OpenPage } from "./OpenPage.tsx";
import type { Thread } from "./ReviewDesk.tsx";
import { threadName, WITHHELD_WORDS } from "./words.ts";

const RESEALED: Partial<Record<Resealed, string>> = {
  expired: "The view has run out. What was decided until then is recorded.",
  hidden: "Sealed while the page was out of sight.",
  left: "Sealed when the page was left.",
  revoked: "The view was ended: the request, its approval or the hold does not allow it any more.",
};

type Props = { collection: CollectionDetail; thread: Thread; onChanged: () => void };

/**
 * One thread of a collection: sealed, with what is known without reading it, or a page of it under a view that was
 * committed before. Each page is a view of its own.
 */
export function ThreadReview({ collection, thread, onChanged }: Props) {
  const { state, open, seal } = useSealed(readCollectionView);
  /** Where the pages before this one began: null is the beginning of the thread. */
  const [begun, setBegun] = useState<readonly (string | null)[]>([]);
  const openAt = useCallback(
    (after: string | null, before: readonly (string | null)[]): void => {
      setBegun([...before, after]);
      // The grant is the request's own: its collection stands for it.
      const asked = { scope: "whole_thread", purpose: "legal_process", apart: true } as const;
      void open(asked, async () => {
        const view = await openCollectionView(collection.id, { threadId: thread.id, after });
        return { ...view, grantId: collection.id, truncated: view.nextAfter !== null };
      });
    },
    [open, collection.id, thread.id],
  );
  const first = useCallback(() => openAt(null, []), [openAt]);
  const mayOpen = state.phase === "sealed" && collection.barredBy === null && thread.messages > 0;
  useShortcuts({ reviewOpen: mayOpen ? first : undefined });

  if (state.phase === "opening")
    return (
      <div className="min-w-0 p-4">
        <Waiting label="Opening the thread" lines={10} />
      </div>
    );
  if (state.phase === "open")
    return (
      <OpenPage
        key={state.viewId}
        collection={collection}
        thread={thread}
        view={state}
        page={begun.length}
        onClose={() => seal("closed")}
        onLost={() => seal("revoked")}
        onNext={state.content.nextAfter === null ? null : () => openAt(state.content.nextAfter, begun)}
        onBefore={begun.length < 2 ? null : () => openAt(begun.at(-2) ?? null, begun.slice(0, -2))}
        onChanged={onChanged}
      />
    );
  return (
    <SealedPage
      collection={collection}
      thread={thread}
      why={state.why}
      error={state.error}
      onOpen={mayOpen ? first : null}
      onChanged={onChanged}
    />
  );
}

type SealedProps = Props & { why: Resealed | null; error: unknown; onOpen: (() => void) | null };

function SealedPage({ collection, thread, why, error, onOpen, onChanged }: SealedProps) {
  const [asking, setAsking] = useState<WithheldKind | "take-back" | null>(null);
  const refused = error == null ? null : errorWords(error);
  const bodies = collection.categories.includes("content");
  return (
    <section
      aria-label="Sealed thread"
      className="m-4 max-w-3xl self-start overflow-clip rounded-md border border-seal-line bg-seal max-lg:mx-3 lg:ml-0"
    >
      <div aria-hidden className="flap" />
      <div className="relative -mt-5 flex flex-col items-center gap-1 px-4 pb-3 text-center text-seal-ink">
        <span className="rounded-full border-2 border-seal-line bg-seal p-2">
          <Stamp aria-hidden className="size-5" />
        </span>
        <h2 className="text-base">{threadName(thread)} is sealed</h2>
        <p>
          {counted(thread.messages, "message")}.{" "}
          {bodies
            ? "Each page that you open is a view on record, under the request."
            : "Who wrote when was collected, and not what they wrote."}
        </p>
      </div>
      <div className="grid gap-3 border-t border-seal-line bg-surface px-4 py-3">
        {why && RESEALED[why] && <Notice announce="status" title={RESEALED[why]} />}
        {refused && (
          <Notice tone="warn" announce="alert" title={refused.title}>
            {refused.detail}
          </Notice>
        )}
        {thread.setAside && (
          <Notice tone="warn" title={`Set aside: ${WITHHELD_WORDS[thread.setAside.kind].toLowerCase()}`}>
            <HostileText text={thread.setAside.reason} />
            Nothing of it will be in the packet; that it was withheld, and why, will.
          </Notice>
        )}
        <Facts>
          <Fact name="Between">
            {thread.participants.map(({ id, label, namedBy }) => (
              <span key={id} className="mr-2 inline-flex items-center gap-1">
                {namedBy === null ? label : <HostileText text={label} inline />}
                {namedBy === "request" && <Badge tone="accent">named in the request</Badge>}
                {namedBy === "counsel" && <Badge>named by counsel</Badge>}
              </span>
            ))}
            {thread.participantsLeftOut > 0 &&
              `and ${thread.participantsLeftOut.toLocaleString("en-GB")} more`}
          </Fact>
          {thread.first && thread.last && (
            <Fact name="From, until">
              <Instant at={thread.first} /> to <Instant at={thread.last} />
            </Fact>
          )}
          <Fact name="Of these">
            {thread.edited.toLocaleString("en-GB")} edited, {thread.deleted.toLocaleString("en-GB")} deleted,{" "}
            {counted(thread.attachments, "attachment")}
          </Fact>
          {thread.restrictedSubject && (
            <Fact name="Restricted">{thread.restrictedSubject.replaceAll("_", " ")}</Fact>
          )}
        </Facts>
        <div className="flex flex-wrap gap-2">
          {onOpen && (
            <Button look="primary" keys={keyOf("reviewOpen")} onClick={onOpen}>
              <MailOpen aria-hidden className="size-4" />
              Open the thread
            </Button>
          )}
          {collection.rights.decide &&
            (thread.setAside ? (
              <Button onClick={() => setAsking("take-back")}>Take back: it is not set aside</Button>
            ) : (
              (["privileged", "out_of_scope"] as const).map((kind) => (
                <Button key={kind} onClick={() => setAsking(kind)}>
                  Set all of it aside: {WITHHELD_WORDS[kind].toLowerCase()}
                </Button>
              ))
            ))}
        </div>
      </div>
      <ReasonDialog
        open={asking !== null && asking !== "take-back"}
        onClose={() => setAsking(null)}
        title={`Set ${threadName(thread).toLowerCase()} aside`}
        submit="Set it aside"
        help="It stands in the packet’s list of what was withheld: quote nothing of what was said."
        act={async (reason) => {
          if (asking === null || asking === "take-back") return;
          await setAside(collection.id, { threadId: thread.id, kind: asking, reason });
          onChanged();
        }}
      >
        Nothing of the thread will be in the packet.
      </ReasonDialog>
      <ReasonDialog
        open={asking === "take-back"}
        onClose={() => setAsking(null)}
        title={`Take back: ${threadName(thread).toLowerCase()} is not set aside`}
        submit="Take it back"
        help="Both stay on record."
        act={async (reason) => {
          if (!thread.setAside) return;
          await takeBack(collection.id, { decisionId: thread.setAside.decisionId, reason });
          onChanged();
        }}
      >
        Its messages will be in the packet, but for those that are set aside by themselves.
      </ReasonDialog>
    </section>
  );
}
