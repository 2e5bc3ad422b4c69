import { z } from "zod";
import { id, instant, staffRef, written } from "./triage.ts";

/** An account that a staff member holds on a platform. */
export const ownAccount = z.object({
  id,
  platform: z.object({ id, name: z.string() }),
  accountId: z.string(),
  recordedAt: instant,
  /** Said not to be theirs any more; it counts for half a year from then. */
  leftAt: instant.nullable(),
});
export type OwnAccount = z.infer<typeof ownAccount>;

/** GET /api/me/accounts. POST records → 201 {id}; DELETE /api/me/accounts/:id says it is theirs no more → 204. */
export const ownAccounts = z.object({
  accounts: z.array(ownAccount),
  platforms: z.array(z.object({ id, name: z.string() })),
});
export type OwnAccounts = z.infer<typeof ownAccounts>;
export const recordAccountRequest = z.strictObject({ platformId: id, accountId: written(256).min(1) });
export type RecordAccountRequest = z.input<typeof recordAccountRequest>;

/** GET /api/accounts: everybody's, for officers alone. */
export const staffAccounts = z.object({
  accounts: z.array(ownAccount.extend({ person: staffRef })),
});
export type StaffAccounts = z.infer<typeof staffAccounts>;

/** GET /api/me/sessions: one's own open sessions. DELETE /api/me/sessions/:id ends one → 204. */
export const ownSessions = z.object({
  sessions: z.array(
    z.object({
      id,
      current: z.boolean(),
      createdAt: instant,
      lastSeenAt: instant,
      expiresAt: instant,
      ip: z.string().nullable(),
      userAgent: z.string().nullable(),
    }),
  ),
});
export type OwnSessions = z.infer<typeof ownSessions>;
