"use client";

import type { CollectionDetail, ReviewContent } from "../../../contracts/legal/collections.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { counted } from "../../words.ts";
import { ReasonDialog } from "../ReasonDialog.tsx";
import { redact, setAside } from "./api.ts";
import type { Span } from "./marking.ts";
import { NameForm } from "./NameForm.tsx";
import type { ReviewedMessage } from "./OpenPage.tsx";
import type { Thread } from "./ReviewDesk.tsx";
import { RuleForm } from "./RuleForm.tsx";
import { TakeBackForm } from "./TakeBackForm.tsx";
import { WITHHELD_WORDS } from "./words.ts";

/** What somebody is about to decide, for a reason still to be given. */
export type Deciding =
  | { what: "privileged" | "out_of_scope" | "other" | "name" | "take-back"; message: ReviewedMessage }
  | { what: "redact"; message: ReviewedMessage; revision: number; span: Span }
  | { what: "rule" };

type Props = {
  collection: CollectionDetail;
  thread: Thread;
  viewId: string;
  content: ReviewContent;
  deciding: Deciding | null;
  onClose: () => void;
  onDecided: () => void;
};

/** Asks for the reason of a decision. Dialogs stand over the open page and go with it; no word of it is repeated in them. */
export function DecideDialogs(props: Props) {
  const { collection, thread, viewId, content, deciding, onClose, onDecided } = props;
  const what = deciding?.what ?? null;
  const aside = what === "privileged" || what === "out_of_scope" || what === "other" ? what : null;
  return (
    <>
      <ReasonDialog
        open={aside !== null}
        onClose={onClose}
        title={aside === null ? "Set aside" : `Set aside: ${WITHHELD_WORDS[aside].toLowerCase()}`}
        submit="Set it aside"
        help="It stands in the packet’s list of what was withheld: quote nothing of what was said."
        act={async (reason) => {
          if (aside === null || deciding === null || deciding.what === "rule") return;
          await setAside(collection.id, {
            threadId: thread.id,
            messageId: deciding.message.id,
            kind: aside,
            reason,
          });
          onDecided();
        }}
      >
        The message will not be in the packet. That something was withheld here, and why, will.
      </ReasonDialog>
      <ReasonDialog
        open={what === "redact"}
        onClose={onClose}
        title="Redact"
        submit="Redact"
        help="The packet says this in its place: quote nothing of what was said."
        act={async (reason) => {
          if (deciding?.what !== "redact") return;
          await redact(collection.id, {
            viewId,
            messageId: deciding.message.id,
            revision: deciding.revision,
            ...deciding.span,
            reason,
          });
          onDecided();
        }}
      >
        {deciding?.what === "redact" &&
          `${counted(deciding.span.to - deciding.span.from, "character")} of the message will be replaced in every file of the packet.`}
      </ReasonDialog>
      <Dialog open={what === "rule"} onClose={onClose} title="Add a redaction rule">
        <RuleForm collectionId={collection.id} viewId={viewId} onClose={onClose} onDone={onDecided} />
      </Dialog>
      <Dialog open={what === "name"} onClose={onClose} title="Name a participant">
        {deciding?.what === "name" && (
          <NameForm
            collectionId={collection.id}
            threadId={thread.id}
            participants={content.participants.filter(({ namedBy }) => namedBy === null)}
            first={deciding.message.senderId}
            onClose={onClose}
            onDone={onDecided}
          />
        )}
      </Dialog>
      <Dialog open={what === "take-back"} onClose={onClose} title="Take back a decision">
        {deciding?.what === "take-back" && (
          <TakeBackForm
            collectionId={collection.id}
            decisions={decisionsOn(deciding.message)}
            onClose={onClose}
            onDone={onDecided}
          />
        )}
      </Dialog>
    </>
  );
}

/** Decisions that touch a message, each once, in words that say nothing of what it says. */
function decisionsOn({ setAside: aside, revisions }: ReviewedMessage): { id: string; label: string }[] {
  const found = new Map<string, string>();
  if (aside)
    found.set(
      aside.decisionId,
      aside.wholeThread
        ? "The whole thread is set aside"
        : `Set aside: ${WITHHELD_WORDS[aside.kind].toLowerCase()}`,
    );
  for (const { marks } of revisions)
    for (const { decisionId, kind, from, to } of marks) {
      if (decisionId === null || found.has(decisionId)) continue;
      found.set(
        decisionId,
        kind === "rule"
          ? "A rule, for every message that it touches"
          : `Redaction of ${counted(to - from, "character")}`,
      );
    }
  return [...found].map(([id, label]) => ({ id, label }));
}
