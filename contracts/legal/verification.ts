import { z } from "zod";
import {
  CHECK_KINDS,
  CHECK_OUTCOMES,
  DOMAIN_FINDINGS,
  RISK_LEVELS,
  RISK_REASONS,
  VERIFICATION_NEEDS,
} from "../../domain/legal/vocabulary.ts";
import { id, instant, staffRef, written } from "../triage.ts";
import { agencyNumber } from "./agencies.ts";

/** One thing that somebody did to find out whether the requester is who they say. */
export const check = z.object({
  id,
  kind: z.enum(CHECK_KINDS),
  outcome: z.enum(CHECK_OUTCOMES),
  by: staffRef,
  at: instant,
  note: z.string(),
  /** Of a call back. */
  number: z.object({ id, number: z.string(), label: z.string() }).nullable(),
  spokeWith: z.string().nullable(),
  calledAt: instant.nullable(),
  documentN: z.number().int().nullable(),
  findings: z.array(z.enum(DOMAIN_FINDINGS)),
  /** Of the requester as they stand, not lapsed, and (a call back) by a number that counts. */
  counts: z.boolean(),
});
export type Check = z.infer<typeof check>;

/** GET /api/lawful-requests/:id/verifications */
export const verification = z.object({
  /** Newest first. */
  checks: z.array(check),
  /** What is still missing before anything may be given; empty when nothing is. */
  missing: z.array(z.enum(VERIFICATION_NEEDS)),
  /** What such a request needs at all. */
  needs: z.array(z.enum(VERIFICATION_NEEDS)),
  /** A refusal's code (`domain/denials.ts`), null when it holds. */
  refusal: z.string().nullable(),
  domain: z.object({
    domain: z.string().nullable(),
    findings: z.array(z.enum(DOMAIN_FINDINGS)),
    /** Domain of the directory that it resembles. */
    resembles: z.string().nullable(),
  }),
  risk: z.object({
    level: z.enum(RISK_LEVELS),
    reasons: z.array(z.object({ reason: z.enum(RISK_REASONS), words: z.string() })),
  }),
  /** Numbers of the chosen agency; `usable` says whether a call to it counts for this request, `why` why not. */
  numbers: z.array(agencyNumber.extend({ usable: z.boolean(), why: z.string().nullable() })),
  mayCheck: z.boolean(),
});
export type Verification = z.infer<typeof verification>;

/**
 * POST /api/lawful-requests/:id/verifications. A `domain` check is worked out by the server: `outcome` is what the person
 * makes of it, and cannot be `passed` where the domain is not the agency's.
 */
export const checkRequest = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("domain"), outcome: z.enum(CHECK_OUTCOMES), note: written(4000).min(1) }),
  z.strictObject({
    kind: z.literal("call_back"),
    outcome: z.enum(CHECK_OUTCOMES),
    numberId: id,
    /** Who answered. Needed when it passed. */
    spokeWith: written(200).min(1).optional(),
    calledAt: z.iso.datetime({ offset: true }),
    note: written(4000).min(1),
  }),
  z.strictObject({
    kind: z.literal("document"),
    outcome: z.enum(CHECK_OUTCOMES),
    documentN: z.number().int().min(1),
    note: written(4000).min(1),
  }),
  z.strictObject({ kind: z.literal("portal"), outcome: z.enum(CHECK_OUTCOMES), note: written(4000).min(1) }),
  /** A second person's own look at the whole: never by anybody whose check is on record for this requester. */
  z.strictObject({
    kind: z.literal("second_person"),
    outcome: z.enum(CHECK_OUTCOMES),
    note: written(4000).min(1),
  }),
]);
export type CheckRequest = z.infer<typeof checkRequest>;
export const checkRecorded = z.object({
  checkId: id,
  missing: z.array(z.enum(VERIFICATION_NEEDS)),
  refusal: z.string().nullable(),
});
export type CheckRecorded = z.infer<typeof checkRecorded>;
