import { LIMITS } from "./limits.ts";
import type { FieldProblem } from "./pointer.ts";

/**
 * The rules that hold between the fields of a flag. They take whatever was sent, well-formed or not, so that a platform
 * is told of everything at once: what is not of the expected kind is passed over here, since the schema names it.
 */

type Fields = Record<string, unknown>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Lists that are longer than they may be. Asked first: nothing looks into a list of a million. */
export function tooLong(sent: unknown): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const check = (pointer: string, value: unknown, most: number) => {
    if (listOf(value).length > most)
      problems.push({ pointer, message: `Send at most ${most.toLocaleString("en")}.` });
  };
  const flag = fieldsOf(sent);
  const thread = fieldsOf(flag.thread);
  check("/flaggedMessageIds", flag.flaggedMessageIds, LIMITS.flaggedMessages);
  check("/thread/participants", thread.participants, LIMITS.participants);
  check("/thread/messages", thread.messages, LIMITS.messages);
  if (problems.length === 0) {
    for (const [at, message] of listOf(thread.messages).entries()) {
      check(`/thread/messages/${at}/attachments`, fieldsOf(message).attachments, LIMITS.attachments);
    }
  }
  return problems;
}

/**
 * Duplicate ids, names of nobody, times out of range.
 *
 * @param sent a flag whose lists are not too long
 * @param now milliseconds since the epoch
 */
export function incoherent(sent: unknown, now: number): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (pointer: string, message: string) => problems.push({ pointer, message });
  const flag = fieldsOf(sent);
  const thread = fieldsOf(flag.thread);

  const checkTime = (pointer: string, value: unknown) => {
    const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
    if (at < LIMITS.earliest) say(pointer, "Lies before 1990.");
    else if (at > now + LIMITS.futureMs) say(pointer, "Lies more than 24 hours in the future.");
  };
  /** The ids of a list; each that stands there twice is told. */
  const idsOf = (pointer: string, items: unknown[]) => {
    const ids = new Set<string>();
    for (const [at, item] of items.entries()) {
      const id = fieldsOf(item).id;
      if (typeof id !== "string") continue;
      if (ids.has(id)) say(`${pointer}/${at}/id`, "Stands in this list twice.");
      ids.add(id);
    }
    return ids;
  };

  checkTime("/raisedAt", flag.raisedAt);
  const messages = listOf(thread.messages);
  const participants = idsOf("/thread/participants", listOf(thread.participants));
  const messageIds = idsOf("/thread/messages", messages);
  for (const [at, item] of messages.entries()) {
    const message = fieldsOf(item);
    if (typeof message.senderId === "string" && !participants.has(message.senderId))
      say(`/thread/messages/${at}/senderId`, "Is none of /thread/participants.");
    checkTime(`/thread/messages/${at}/sentAt`, message.sentAt);
    checkTime(`/thread/messages/${at}/editedAt`, message.editedAt);
    checkTime(`/thread/messages/${at}/deletedAt`, message.deletedAt);
  }

  const flagged = new Set<string>();
  for (const [at, id] of listOf(flag.flaggedMessageIds).entries()) {
    if (typeof id !== "string") continue;
    if (!messageIds.has(id)) say(`/flaggedMessageIds/${at}`, "Is none of /thread/messages.");
    else if (flagged.has(id)) say(`/flaggedMessageIds/${at}`, "Stands in this list twice.");
    flagged.add(id);
  }

  const reporter = fieldsOf(flag.reporter);
  if (typeof reporter.participantId === "string") {
    if (!participants.has(reporter.participantId))
      say("/reporter/participantId", "Is none of /thread/participants. Use accountId for somebody outside.");
    if (typeof reporter.accountId === "string")
      say("/reporter/accountId", "Leave it out beside participantId.");
  }
  return problems;
}
