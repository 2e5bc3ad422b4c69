import { hash } from "node:crypto";
import type { MessageKind } from "../vocabulary.ts";
import type {
  PacketAttachment,
  PacketMessage,
  PacketRevision,
  RedactedText,
  RedactionEntry,
} from "./model.ts";
import { type Folded, fold, foldText, unfold } from "./redact/fold.ts";
import { type Burnt, blanked, burnIn, type Cut, type Redactor } from "./redact/redactor.ts";

/** A message as it was collected and opened, before anything was taken out. */
export interface CollectedMessage {
  readonly bates: string;
  readonly conversation: string;
  /** The platform's id. */
  readonly messageId: string;
  readonly category: "traffic" | "content";
  readonly kind: MessageKind;
  /** Id of the participant within the packet. */
  readonly sender: string;
  readonly sentAt: Date;
  /** Oldest first, at least one. */
  readonly revisions: readonly CollectedRevision[];
  readonly attachments: readonly PacketAttachment[];
  /** What counsel took out by hand. */
  readonly hand: readonly HandRedaction[];
}

export interface CollectedRevision extends Omit<PacketRevision, "body"> {
  readonly body: string | null;
}

/** A stretch of a revision's text as it was collected, in UTF-16 units. */
export interface HandRedaction {
  readonly revision: number;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** Words as short as this, taken out of one revision, are not looked for in the others: they stand everywhere. */
const LEAST_CARRIED = 3;
/** A label beside a name can make it stand alone that did not before; each round takes one such out. */
const MOST_ROUNDS = 8;

/**
 * Makes of a collected message what is produced: rules, names and what was taken out by hand are burnt into every revision, and
 * what is not covered (the words, where only traffic is) is left out. What was taken out of one revision by hand is taken out of
 * the others where it stands there, whatever its case: an edit must not bring back what was redacted.
 *
 * Gives the same as often as it is called, and changes nothing that was handed in.
 */
export function prepareMessage(message: CollectedMessage, redactor: Redactor): PacketMessage {
  const redactions: RedactionEntry[] = [];
  const tell = (field: string, { text, cuts }: Burnt) => {
    if (cuts.length === 0) return;
    const sha256After = hash("sha256", text.toWellFormed(), "hex");
    for (const { mark, by, rule, start, end } of cuts) {
      const id = `${message.bates}/${mark.id}`;
      const { reason } = mark;
      redactions.push({
        id,
        bates: message.bates,
        field,
        reason,
        by,
        rule,
        length: end - start,
        sha256After,
      });
    }
  };
  const messageId = burnOut(message.messageId, [], redactor.names, redactions.length + 1);
  tell("message id", messageId);
  const last = message.revisions.at(-1)?.revision;
  const produced = message.category === "content";
  const revisions = message.revisions.map(({ body, ...revision }): PacketRevision => {
    if (body === null || !produced) return { ...revision, body: null };
    const hand = handCuts(message, revision.revision, body);
    const burnt = burnOut(body, hand, redactor.cuts, redactions.length + 1);
    tell(revision.revision === last ? "body" : `revision ${revision.revision}`, burnt);
    return { ...revision, body: { text: burnt.text, marks: burnt.marks } };
  });
  return {
    bates: message.bates,
    conversation: message.conversation,
    messageId: messageId.text,
    category: message.category,
    kind: message.kind,
    sender: message.sender,
    sentAt: message.sentAt,
    revisions,
    attachments: produced ? message.attachments : [],
    redactions,
  };
}

/**
 * A text of ours or of the platform's that is no message (an id of a thread, a handle, a reason that somebody gave) as it may be
 * produced: without names of third parties.
 */
export function withoutNames(text: string, redactor: Redactor): RedactedText {
  const { text: produced, marks } = burnOut(text, [], redactor.names, 1);
  return { text: produced, marks };
}

/** An id of the platform's, such as a conversation's, as it may be produced: without those of third parties. */
export function idWithoutNames(id: string, redactor: Redactor): string {
  return burnOut(id, [], redactor.namesInId, 1).text;
}

/**
 * Where what was taken out by hand stands in one revision: its own stretches, and what was taken out of another where it stands
 * here letter by letter, whatever their case.
 */
export function handCuts(
  {
    hand,
    revisions,
  }: {
    readonly hand: readonly HandRedaction[];
    readonly revisions: readonly Pick<CollectedRevision, "revision" | "body">[];
  },
  revision: number,
  body: string,
): Cut[] {
  const cuts: Cut[] = [];
  let folded: Folded | undefined;
  for (const { revision: of, start, end, reason } of hand) {
    const cut = { reason, by: "hand", rule: null } as const;
    if (of === revision) {
      cuts.push({ ...cut, start, end });
      continue;
    }
    const words = foldText(
      revisions.find((one) => one.revision === of)?.body?.slice(Math.max(0, start), end) ?? "",
    );
    if (words.length < LEAST_CARRIED) continue;
    folded ??= fold(body);
    for (let at = folded.text.indexOf(words); at !== -1; at = folded.text.indexOf(words, at + words.length))
      cuts.push({ ...cut, ...unfold(folded, at, at + words.length) });
  }
  return cuts;
}

/** Burns in until nothing is found any more outside the labels. */
function burnOut(text: string, given: readonly Cut[], find: (text: string) => Cut[], first: number): Burnt {
  const cuts = [...given, ...find(text)];
  for (let round = 0; ; round++) {
    const burnt = burnIn(text, cuts, first);
    if (cuts.length === 0 || round === MOST_ROUNDS) return burnt;
    const more = find(blanked(burnt)).filter(
      ({ start, end }) => !burnt.marks.some((mark) => start < mark.end && end > mark.start),
    );
    if (more.length === 0) return burnt;
    for (const cut of more) cuts.push({ ...cut, ...originalOf(burnt, cut) });
  }
}

function originalOf(burnt: Burnt, { start, end }: Cut): { start: number; end: number } {
  let shift = 0;
  for (const { mark, end: until } of burnt.cuts) {
    if (mark.end > start) break;
    shift = until - mark.end;
  }
  return { start: start + shift, end: end + shift };
}
