import { z } from "zod";

const moment = z.string().transform((text) => new Date(text));

/** What was written down when a packet was asked for (`legal.packet_facts`): people are ids here. */
export const frozenFacts = z.object({
  request: z.object({
    number: z.string(),
    reference: z.string(),
    type: z.string(),
    jurisdiction: z.string(),
    agency: z.string(),
    officer: z.string(),
    issuedAt: moment.nullable(),
    receivedAt: moment,
  }),
  asked: z.object({
    categories: z.array(z.enum(["subscriber", "identification", "traffic", "content"])),
    allowed: z.array(z.enum(["subscriber", "identification", "traffic", "content"])),
    from: moment.nullable(),
    until: moment.nullable(),
    accounts: z.array(z.string()),
  }),
  collection: z.object({ id: z.string(), digest: z.string(), cutOff: moment, query: z.string() }),
  organisation: z.object({
    name: z.string(),
    address: z.string().nullable(),
    contactName: z.string().nullable(),
    contactEmail: z.string().nullable(),
    contactPhone: z.string().nullable(),
  }),
  products: z.array(z.string()),
  people: z.object({
    collectedBy: z.string(),
    approvedBy: z.string().nullable(),
    orderedBy: z.string(),
    redactedBy: z.array(z.string()),
  }),
  outOfRegion: z.number(),
  mostBytes: z.number(),
});
export type FrozenFacts = z.output<typeof frozenFacts>;
