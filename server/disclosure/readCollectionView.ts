import type { ReviewContent, TextMark } from "../../contracts/legal/collections.ts";
import { handCuts } from "../../domain/packet/prepare.ts";
import { type Burnt, burnIn, makeRedactor, type Redactor } from "../../domain/packet/redact/redactor.ts";
import type { Actor } from "../actor.ts";
import { openReviewPage, type ReviewPage } from "./openReviewPage.ts";
import { Sealed } from "./Sealed.ts";

/**
 * Reads a page of a collection for counsel, as the packet will say it: third parties are numbers, and their names are taken out
 * of what others wrote. What rules and hands take out is still there, under its mark.
 *
 * @returns the content, in a wrapper that cannot be printed or serialised by accident
 * @throws Refusal when the view is not the actor's, not committed, ended, expired, or what stands behind it has ended;
 *   `sealed-damaged` when a ciphertext was moved or changed
 */
export async function readCollectionView(actor: Actor, viewId: string): Promise<Sealed<ReviewContent>> {
  const page = await openReviewPage(actor, viewId, "view.read");
  const rules = page.rules.map((rule) => ({ rule, redactor: makeRedactor([rule], []) }));
  const senders = new Set(page.messages.map(({ senderId }) => senderId));
  const wholeThread = page.decisions.find(({ kind, messageId }) => kind === "set_aside" && !messageId);
  return new Sealed({
    viewId: page.viewId,
    collectionId: page.collectionId,
    threadId: page.threadId,
    expiresAt: page.expiresAt,
    bodies: page.bodies,
    nextAfter: page.nextAfter,
    messages: page.messages.map(({ revisions, ...message }) => ({
      ...message,
      deletedAt: revisions.at(-1)?.deletedAt ?? null,
      setAside: setAsideOf(page, message.id) ?? setAsideOf(page, null, wholeThread),
      revisions: revisions.map(({ body, attachments, ...revision }) => ({
        ...revision,
        attachments: attachments ?? [],
        ...(body === null
          ? { text: null, marks: [] }
          : shown(body, page, rules, { messageId: message.id, revision: revision.revision, revisions })),
      })),
    })),
    participants: page.people.filter(({ id }) => senders.has(id)),
    rules: page.rules.map(({ id, ...rule }) => ({ decisionId: id, ...rule })),
  });
}

function setAsideOf(
  { decisions }: ReviewPage,
  messageId: string | null,
  found = decisions.findLast(
    (one) => one.kind === "set_aside" && messageId !== null && one.messageId === messageId,
  ),
): ReviewContent["messages"][number]["setAside"] {
  if (!found?.withheld) return null;
  return {
    decisionId: found.id,
    kind: found.withheld,
    reason: found.reason,
    wholeThread: found.messageId === null,
  };
}

/** A text with names replaced, as every view shows it, and how its places lie to those of the text as it was sent. */
export function withoutThirdParties(body: string, { names }: ReviewPage): Burnt {
  return burnIn(body, names.names(body));
}

function shown(
  body: string,
  page: ReviewPage,
  rules: readonly { rule: ReviewPage["rules"][number]; redactor: Redactor }[],
  where: {
    messageId: string;
    revision: number;
    revisions: ReviewPage["messages"][number]["revisions"];
  },
): { text: string; marks: TextMark[] } {
  const burnt = withoutThirdParties(body, page);
  const marks: TextMark[] = burnt.marks.map(({ start, end, reason }) => ({
    from: start,
    to: end,
    kind: "third_party",
    reason,
    decisionId: null,
  }));
  const mark = (kind: "rule" | "hand", start: number, end: number, reason: string, decisionId: string) => {
    const { from, to } = shownRange(burnt, start, end);
    if (from < to) marks.push({ from, to, kind, reason, decisionId });
  };
  for (const { rule, redactor } of rules)
    for (const { start, end } of redactor.cuts(body)) mark("rule", start, end, rule.reason, rule.id);
  for (const { id, kind, messageId, revision, from, to, reason } of page.decisions)
    if (kind === "redaction" && messageId === where.messageId && revision && from !== null && to !== null) {
      const hand = [{ revision, start: from, end: to, reason }];
      for (const { start, end } of handCuts({ hand, revisions: where.revisions }, where.revision, body))
        mark("hand", start, end, reason, id);
    }
  return { text: burnt.text, marks: marks.toSorted((a, b) => a.from - b.from || b.to - a.to) };
}

/** A stretch of the text as it was sent, as a stretch of the text as it is shown: of a name that is replaced, all of its label. */
export function shownRange({ cuts, text }: Burnt, start: number, end: number): { from: number; to: number } {
  const place = (at: number, side: "from" | "to"): number => {
    let shift = 0;
    for (const cut of cuts) {
      if (at < cut.start || (at === cut.start && side === "to")) break;
      if (at < cut.end || (at === cut.end && side === "to"))
        return side === "from" ? cut.mark.start : cut.mark.end;
      shift = cut.mark.end - cut.end;
    }
    return Math.max(0, Math.min(text.length, at + shift));
  };
  return { from: place(start, "from"), to: place(end, "to") };
}
