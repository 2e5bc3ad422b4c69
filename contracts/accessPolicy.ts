import { z } from "zod";
import { brokenLimit, REQUIREMENTS } from "../domain/accessPolicy.ts";
import { PURPOSES, ROLES, SCOPES } from "../domain/vocabulary.ts";
import { id, instant, staffRef, written } from "./triage.ts";

export const requirement = z.enum(REQUIREMENTS);
/** `ordinary`, `restricted` (any restricted subject), `watch_listed`, `conflict`, or one restricted subject by its name. */
const subject = z.string().regex(/^[a-z][a-z_]{1,39}$/);

export const accessRule = z.strictObject({
  role: z.enum(ROLES),
  purpose: z.enum(PURPOSES),
  scope: z.enum(SCOPES),
  subject,
  requirement,
  /** How long a grant lasts. */
  minutes: z.number().int().min(1).max(480),
  /** How many views a grant opens. */
  viewLimit: z.number().int().min(1).max(100),
});
export type AccessRule = z.infer<typeof accessRule>;

export const policySettings = z.strictObject({
  /** Regular expression (POSIX) that the whole of a ticket's number must fit. */
  ticketPattern: z.string().min(1).max(200),
  /** So often may one reason stand among a person's last twenty. */
  sameReasonMost: z.number().int().min(3).max(50),
  /** A request that nobody answers lapses after this. */
  requestMinutes: z.number().int().min(15).max(4320),
  /** An approved request must be taken up within this. */
  takeUpMinutes: z.number().int().min(5).max(480),
  /** Visible characters of a reason to break the glass. */
  glassReasonLength: z.number().int().min(20).max(500),
  /** The glass must be reviewed within this. */
  reviewHours: z.number().int().min(1).max(72),
});
export type PolicySettings = z.infer<typeof policySettings>;

export const POLICY_STATES = ["draft", "proposed", "active", "superseded", "rejected", "withdrawn"] as const;

export const policyVersion = z.object({
  id,
  number: z.number().int(),
  state: z.enum(POLICY_STATES),
  summary: z.string(),
  settings: policySettings,
  basedOn: id.nullable(),
  /** Null for the version that came with the product. */
  draftedBy: staffRef.nullable(),
  draftedAt: instant,
  proposedBy: staffRef.nullable(),
  proposedAt: instant.nullable(),
  proposalReason: z.string().nullable(),
  decidedBy: staffRef.nullable(),
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
  supersededAt: instant.nullable(),
  /** What the caller may do with it now. */
  may: z.object({ edit: z.boolean(), propose: z.boolean(), decide: z.boolean(), withdraw: z.boolean() }),
});
export type PolicyVersion = z.infer<typeof policyVersion>;

/** GET /api/access-policy: newest first. Drafts and proposals are shown to officers and administrators. */
export const policyList = z.object({
  versions: z.array(policyVersion),
  /** May the caller begin a draft? */
  mayDraft: z.boolean(),
});
export type PolicyList = z.infer<typeof policyList>;

const limits = z.object({ requirement, minutes: z.number().int(), viewLimit: z.number().int() });

/** GET /api/access-policy/:id: one version with its rules, and what it changes against the one in force (or before it). */
export const policyDetail = z.object({
  version: policyVersion,
  rules: z.array(accessRule),
  against: z.object({ id, number: z.number().int() }).nullable(),
  changes: z.array(
    z.object({
      role: z.enum(ROLES),
      purpose: z.enum(PURPOSES),
      scope: z.enum(SCOPES),
      subject: z.string(),
      before: limits.nullable(),
      after: limits.nullable(),
      loosens: z.boolean(),
    }),
  ),
  settingChanges: z.array(
    z.object({
      setting: policySettings.keyof(),
      before: z.union([z.string(), z.number()]),
      after: z.union([z.string(), z.number()]),
    }),
  ),
});
export type PolicyDetail = z.infer<typeof policyDetail>;

/** POST /api/access-policy: a draft, copied from the version in force or from another. → 201 {id, number} */
export const draftPolicyRequest = z.strictObject({
  basedOn: id.nullable().default(null),
  summary: written(500).trim().min(1),
});
export type DraftPolicyRequest = z.input<typeof draftPolicyRequest>;
export const draftPolicyResult = z.object({ id, number: z.number().int() });
export type DraftPolicyResult = z.infer<typeof draftPolicyResult>;

const MOST_RULES = 2000;

/** PUT /api/access-policy/:id: replaces the whole draft. → 204 */
export const editPolicyRequest = z.strictObject({
  summary: written(500).trim().min(1),
  settings: policySettings,
  rules: z
    .array(
      accessRule.refine((rule) => brokenLimit(rule) === null, {
        path: ["requirement"],
        message:
          "No policy can say this: officers, administrators and auditors open nothing, counsel only by legal process, and conflicts and the watch list need two approvers.",
      }),
    )
    .max(MOST_RULES)
    .refine((rules) => new Set(rules.map(ruleKey)).size === rules.length, {
      message: "Give one rule for each role, purpose, scope and subject.",
    }),
});
export type EditPolicyRequest = z.input<typeof editPolicyRequest>;

function ruleKey(rule: AccessRule): string {
  return `${rule.role} ${rule.purpose} ${rule.scope} ${rule.subject}`;
}

/** POST /api/access-policy/:id/propose, /confirm, /reject, /withdraw → 204 */
export const policyReasonRequest = z.strictObject({ reason: written(2000).trim().min(1) });
export type PolicyReasonRequest = z.input<typeof policyReasonRequest>;

/** POST /api/access-policy/simulate: who could open this, and how? Give a role and a subject, or a case (officers alone). */
export const simulateRequest = z.union([
  z.strictObject({
    /** A proposal to try; the version in force when left out. */
    versionId: id.nullable().default(null),
    roles: z.array(z.enum(ROLES)).min(1).max(7),
    purpose: z.enum(PURPOSES),
    scope: z.enum(SCOPES),
    subjects: z.array(subject).min(1).max(4),
  }),
  z.strictObject({
    versionId: id.nullable().default(null),
    caseId: id,
    purpose: z.enum(PURPOSES),
    scope: z.enum(SCOPES),
  }),
]);
export type SimulateRequest = z.input<typeof simulateRequest>;

/** Beside the rule, what stands between a person and the thread. */
export const OBSTACLES = [
  "role",
  "queue",
  "region",
  "clearance",
  "claim",
  "case_closed",
  "purpose",
  "own_account",
] as const;

const ruling = z.object({
  requirement,
  minutes: z.number().int().nullable(),
  viewLimit: z.number().int().nullable(),
  /** The rule that decided: whose, about which subject. Null when there is none, which means never. */
  rule: z.object({ role: z.enum(ROLES), subject: z.string() }).nullable(),
});

/** For a role: one ruling. For a case: everybody who could, and what stands in the way of each. */
export const simulateResult = z.object({
  version: z.object({ id, number: z.number().int() }),
  subjects: z.array(z.string()),
  ruling: ruling.nullable(),
  people: z.array(
    ruling.extend({
      person: staffRef,
      roles: z.array(z.enum(ROLES)),
      obstacles: z.array(z.enum(OBSTACLES)),
      /** How many others could approve it for them. */
      approvers: z.number().int(),
    }),
  ),
});
export type SimulateResult = z.infer<typeof simulateResult>;
