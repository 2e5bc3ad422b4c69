import type { Flag } from "../../contracts/intake.ts";
import { flagId, messageId, participantId, threadId } from "../../domain/ids.ts";
import { dueMinutes } from "../../domain/intake/deadlines.ts";
import { flagPriority } from "../../domain/intake/priority.ts";
import { SEVERITIES } from "../../domain/vocabulary.ts";
import { contentMac, newSealer } from "../disclosure/seal.ts";

/** A flag as `intake.accept_flags` takes it: metadata in clear, everything else sealed. Bytes are base64. */
export interface PreparedFlag {
  readonly flag: Record<string, unknown>;
  readonly participants: Record<string, unknown>[];
  readonly messages: Record<string, unknown>[];
  readonly attachments: Record<string, unknown>[];
}

/**
 * Derives the ids of a flag and seals what its people said, before anything reaches the database.
 *
 * @param platformId whose key was used
 * @param n the flag's place in its batch
 * @throws KeyProviderError when nothing can be sealed; nothing may then be stored
 */
export async function prepareFlag(platformId: string, flag: Flag, n: number): Promise<PreparedFlag> {
  const { thread } = flag;
  const ourThread = threadId(platformId, thread.id);
  const ourFlag = flagId(platformId, flag.id);
  const sealer = await newSealer(ourThread);
  const minorInvolved = thread.participants.some((p) => p.ageBand === "minor");
  const about = {
    severity: flag.severity,
    source: flag.source,
    category: flag.category,
    confidence: flag.confidence,
    minorInvolved,
  };

  const people = new Map<string, string>();
  const participants = await Promise.all(
    thread.participants.map(async (p, i) => {
      const id = participantId(ourThread, p.id);
      people.set(p.id, id);
      const identity = { handle: p.handle, displayName: p.displayName };
      return {
        n,
        i,
        id,
        pid: p.id,
        named: p.handle !== null || p.displayName !== null,
        ct: sealer.identity(id, identity).toString("base64"),
        mac: (await contentMac("identity", ourThread, p.id, JSON.stringify(identity))).toString("base64"),
        age: p.ageBand,
        days: p.accountAgeDays,
        country: p.country,
      };
    }),
  );

  const ids = new Map<string, string>();
  const attachments: Record<string, unknown>[] = [];
  const messages = await Promise.all(
    thread.messages.map(async (m, i) => {
      const id = messageId(ourThread, m.id);
      ids.set(m.id, id);
      for (const [ordinal, file] of m.attachments.entries()) {
        attachments.push({
          n,
          m: i,
          i: ordinal,
          type: file.mediaType,
          size: file.sizeBytes,
          md5: file.md5,
          sha256: file.sha256,
          ph: file.perceptualHash?.value,
          pk: file.perceptualHash?.algorithm,
          ct: sealer.location(id, ordinal, file.location).toString("base64"),
        });
      }
      return {
        n,
        i,
        id,
        pid: m.id,
        sender: people.get(m.senderId),
        at: m.sentAt,
        kind: m.kind,
        edited: m.editedAt,
        deleted: m.deletedAt,
        ct: m.body === null ? null : sealer.message(id, m.body).toString("base64"),
        mac: (await contentMac("message", ourThread, JSON.stringify(m))).toString("base64"),
      };
    }),
  );

  const { reporter } = flag;
  return {
    flag: {
      n,
      id: ourFlag,
      pid: flag.id,
      mac: (await contentMac("flag", JSON.stringify(flag))).toString("base64"),
      thread: ourThread,
      threadPid: thread.id,
      threadKind: thread.kind,
      region: thread.region,
      source: flag.source,
      category: flag.category,
      severity: SEVERITIES.indexOf(flag.severity) + 1,
      confidence: flag.confidence,
      priority: flagPriority(about),
      dueMinutes: dueMinutes(about),
      reporter: reporter?.participantId == null ? null : people.get(reporter.participantId),
      reporterAccount: reporter?.accountId,
      words: reporter?.words == null ? null : sealer.words(ourFlag, reporter.words).toString("base64"),
      detector: flag.detector?.name,
      detectorVersion: flag.detector?.version,
      flagged: flag.flaggedMessageIds.map((id) => ids.get(id)),
      raisedAt: flag.raisedAt,
      key: sealer.keyId,
      kek: sealer.kekId,
      wrapped: sealer.wrapped.toString("base64"),
    },
    participants,
    messages,
    attachments,
  };
}
