import { z } from "zod";
import { type Comparison, comparison } from "../../../contracts/legal/productions.ts";
import { type Compared, findingsOf } from "../../../domain/legal/packetFindings.ts";
import { type RecordStats, sumStats } from "../../../domain/packet/build/recordStats.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

const answer = z.object({
  productionId: z.string(),
  name: z.string(),
  manifestSha512: z.string(),
  asked: comparison.shape.asked,
  produced: z.array(z.string()),
  accounts: z.number(),
  stats: z.array(z.custom<RecordStats>()),
  conversations: z.number(),
  attachments: z.object({ included: z.number(), notAvailable: z.number() }),
  withheld: z.record(z.string(), z.number()),
  thirdParties: z.object({ named: z.number(), all: z.number() }),
});

/**
 * What was asked beside what is in a packet, in numbers: for the counsel who is to release it. That they looked is on record, and
 * a release needs it.
 *
 * @throws Refusal
 */
export async function compareProduction(actor: Actor, productionId: string): Promise<Comparison> {
  const found = answer.parse(await call(actor, "legal.compare_production", productionId));
  const stats = sumStats(found.stats);
  const { asked, produced } = found;
  const content: Compared["content"] = {
    byCategory: [
      ...(produced.includes("subscriber") ? [{ category: "subscriber", records: found.accounts }] : []),
      ...(produced.includes("traffic") || produced.includes("content")
        ? [{ category: produced.includes("content") ? "content" : "traffic", records: stats.messages }]
        : []),
    ],
    byAccount: Object.entries(stats.byAccount).map(([account, records]) => ({ account, records })),
    thirdPartyRecords: stats.thirdParties,
    byDay: Object.entries(stats.byDay)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, records]) => ({ day, records })),
    first: stats.first,
    last: stats.last,
    conversations: found.conversations,
    messages: stats.messages,
    deletedMessages: stats.deleted,
    editedMessages: stats.edited,
    attachments: found.attachments,
    redactions: Object.entries(stats.byReason).map(([reason, one]) => ({ reason, ...one })),
    withheld: Object.entries(found.withheld).map(([kind, records]) => ({ kind, records })),
    thirdParties: {
      named: found.thirdParties.named,
      pseudonymised: Math.max(0, found.thirdParties.all - found.thirdParties.named),
    },
  };
  const { productionId: id, name, manifestSha512 } = found;
  return { productionId: id, name, manifestSha512, asked, content, findings: findingsOf({ asked, content }) };
}
