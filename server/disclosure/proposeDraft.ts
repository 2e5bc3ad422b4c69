import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { readFactsSealed } from "../../db/content-client.ts";
import type { CyberTipDraft } from "../../domain/cybertip/draft.ts";
import { prefill } from "../../domain/cybertip/prefill.ts";
import { REPORT_KINDS } from "../../domain/cybertip/vocabulary.ts";
import { AGE_BANDS } from "../../domain/vocabulary.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { base64, openBoxes, sealedKeys } from "./openBoxes.ts";
import { openMessages, sealedMessages } from "./readThread.ts";
import { Sealed } from "./Sealed.ts";

const sealedFacts = z.object({
  ok: z.literal(true),
  threadId: z.string(),
  kind: z.enum(REPORT_KINDS),
  platformThreadId: z.string(),
  platform: z.string(),
  supplements: z.string().nullable(),
  hashMatched: z.boolean(),
  order: z.array(z.string()),
  content: sealedMessages,
  participants: z.array(
    z.object({
      id: z.string(),
      platformParticipantId: z.string(),
      ageBand: z.enum(AGE_BANDS),
      accountAgeDays: z.number().nullable(),
      country: z.string().nullable(),
      reporting: z.boolean(),
      priorReports: z.array(z.string()),
      keyId: z.string(),
      identity: base64,
    }),
  ),
  attachments: z.array(
    z.object({
      messageId: z.string(),
      revision: z.number(),
      ordinal: z.number(),
      platformMessageId: z.string(),
      senderId: z.string(),
      sentAt: z.coerce.date(),
      flagged: z.boolean(),
      md5: z.string().nullable(),
      sha256: z.string().nullable(),
      perceptualKind: z.string().nullable(),
      perceptualHash: z.string().nullable(),
    }),
  ),
  keys: sealedKeys,
});
const refused = z.object({ ok: z.literal(false), code: z.string() });
const notYet = z.object({ code: z.literal("awaiting-checkpoint"), wait: z.literal(true) });
const identitySchema = z.object({ handle: z.string().nullable(), displayName: z.string().nullable() });
const ASK_AGAIN_MS = 40;

/**
 * Proposes a draft from what is known of a report's case, under a view of the case that was opened for such a report.
 * Nothing is stored.
 *
 * @throws Refusal when the view does not stand or does not belong to the report; `sealed-damaged` when a ciphertext was
 *   moved or changed
 */
export async function proposeDraft(
  actor: Actor,
  reportId: string,
  viewId: string,
): Promise<Sealed<{ readonly draft: CyberTipDraft }>> {
  let answer: unknown;
  do {
    if (answer !== undefined) await setTimeout(ASK_AGAIN_MS);
    answer = await readFactsSealed(actor, reportId, viewId);
  } while (notYet.safeParse(answer).success);
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  const facts = sealedFacts.parse(answer);
  const openName = await openBoxes(facts.threadId, facts.keys);
  const accounts = facts.participants.map(({ id, keyId, identity, platformParticipantId, ...known }) => ({
    ...known,
    ours: id,
    id: platformParticipantId,
    ...identitySchema.parse(JSON.parse(openName(keyId, { of: "identity", id }, identity))),
  }));
  const openBody = await openBoxes(facts.threadId, facts.content.keys);
  const names = { senders: new Map(accounts.map((one) => [one.ours, one.id])), names: new Map() };
  const draft = await prefill({
    kind: facts.kind,
    supplements: facts.supplements,
    thread: { id: facts.platformThreadId, product: facts.platform, participants: accounts },
    accounts,
    messages: [...openMessages(facts.order, facts.content.messages, openBody, names)],
    attachments: facts.attachments.map(({ messageId, revision, ordinal, ...known }) => ({
      attachment: { messageId, revision, ordinal },
      ...known,
    })),
    hashMatched: facts.hashMatched,
  });
  return new Sealed({ draft });
}
