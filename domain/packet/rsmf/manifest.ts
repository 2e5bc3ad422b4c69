import type {
  PacketAttachment,
  PacketConversation,
  PacketMessage,
  PacketParticipant,
  PacketRevision,
} from "../model.ts";
import { dayOf } from "./slices.ts";

/** The manifest of an RSMF 2.0.0 file: what is declared in its schema and nothing else; what is ours stands in `custom`. */

export const RSMF_VERSION = "2.0.0";

interface Custom {
  readonly name: string;
  readonly value: string;
}

/** Groups the slices of one conversation. */
export function eventCollectionId(packet: string, conversation: string): string {
  return `${packet}-${conversation}`;
}

/** The account whose data were asked for; none where nobody in the conversation was. */
export function custodianOf({ participants }: PacketConversation): PacketParticipant | undefined {
  return participants.find(({ target }) => target) ?? participants.find(({ named }) => named);
}

/** Everything before the first event. */
export function manifestHead(conversation: PacketConversation): string {
  const custodian = custodianOf(conversation);
  const participants = conversation.participants.map((one) => ({
    id: one.id,
    display: displayOf(one),
    ...(one.accountId === null ? {} : { account_id: one.accountId }),
    custom: custom([["identity", one.named ? "named" : "third party, pseudonymised"]]),
  }));
  const conversations = [
    {
      id: conversation.id,
      platform: conversation.platform === "" ? "unknown" : conversation.platform,
      participants: conversation.participants.map(({ id }) => id),
      display: conversation.id,
      type: conversation.kind === "direct" ? "direct" : "channel",
      ...(custodian ? { custodian: custodian.id } : {}),
      custom: custom([["thread_id", conversation.threadId]]),
    },
  ];
  return `{"version":"${RSMF_VERSION}","participants":${JSON.stringify(participants)},"conversations":${JSON.stringify(conversations)},"events":[`;
}

/** Everything after the last event. */
export function manifestTail(collection: string): string {
  return `],"eventcollectionid":${JSON.stringify(collection)}}`;
}

/**
 * One message as an event.
 *
 * @param enclosed names of files within the ZIP, by the Bates numbers of attachments
 */
export function eventOf(
  message: PacketMessage,
  custodian: PacketParticipant | undefined,
  enclosed: ReadonlyMap<string, string>,
): object {
  const last = message.revisions.at(-1);
  const inside = message.attachments.flatMap((one) => {
    const name = one.bates === null ? undefined : enclosed.get(one.bates);
    return name === undefined ? [] : [{ id: name, display: name, size: one.size ?? 0 }];
  });
  const edits = editsOf(message);
  return {
    id: message.bates,
    type: "message",
    participant: message.sender,
    conversation: message.conversation,
    timestamp: message.sentAt.toISOString(),
    ...(last?.body ? { body: last.body.text } : {}),
    ...(last?.deletedAt ? { deleted: true } : {}),
    ...(custodian ? { direction: message.sender === custodian.id ? "outgoing" : "incoming" } : {}),
    ...(inside.length > 0 ? { attachments: inside } : {}),
    ...(edits.length > 0 ? { edits } : {}),
    custom: customOf(message, last, enclosed),
  };
}

function editsOf({ revisions, sender }: PacketMessage): object[] {
  return revisions.slice(1).flatMap((revision, i) => {
    const previous = revisions[i]?.body?.text ?? "";
    const next = revision.body?.text ?? "";
    if (previous === next) return [];
    const at = revision.editedAt ?? revision.deletedAt ?? revision.receivedAt;
    return [{ participant: sender, timestamp: at.toISOString(), previous, new: next }];
  });
}

function customOf(
  message: PacketMessage,
  last: PacketRevision | undefined,
  enclosed: ReadonlyMap<string, string>,
): Custom[] {
  const reasons = [...new Set(message.redactions.map(({ reason }) => reason))];
  return custom([
    ["bates", message.bates],
    ["message_id", message.messageId],
    ["category", message.category],
    ["kind", message.kind],
    ["words", message.category === "traffic" ? "not covered by the request" : ""],
    ["deleted_at", last?.deletedAt?.toISOString() ?? ""],
    ...message.attachments
      .filter(({ bates }) => bates === null || !enclosed.has(bates))
      .map((one): readonly [string, string] => ["attachment", attachmentText(one)]),
    ["redaction", reasons.join("; ")],
  ]);
}

function attachmentText(one: PacketAttachment): string {
  const number = one.bates ?? one.withheld ?? "";
  if (one.path !== null)
    return `${number}: ${one.path}, ${one.mediaType}, ${one.size ?? 0} bytes, SHA-256 ${one.sha256 ?? ""}`;
  return `${number}: ${one.mediaType}, not in the packet${one.why === "" ? "" : ` (${one.why})`}`;
}

/** The schema takes no empty value. */
function custom(pairs: readonly (readonly [name: string, value: string])[]): Custom[] {
  return pairs.flatMap(([name, value]) => (value === "" ? [] : [{ name, value }]));
}

function displayOf({ label, handle, displayName }: PacketParticipant): string {
  const name = displayName ?? handle;
  return name === null || name === "" || name === label ? label : `${name} (${label})`;
}

/** Whether a message belongs where it is written: into this conversation, on this day, by somebody who takes part. */
export function belongs(message: PacketMessage, conversation: PacketConversation, day: string): boolean {
  return (
    message.conversation === conversation.id &&
    dayOf(message) === day &&
    conversation.participants.some(({ id }) => id === message.sender)
  );
}
