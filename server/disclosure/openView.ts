import type { z } from "zod";
import type { OpenViewResult, openViewRequest } from "../../contracts/disclosure.ts";
import { presetReason } from "../../domain/presetReason.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Commits who reads which messages of a case, why, and until when. Nothing is revealed: `readView` does that, in a later
 * transaction.
 *
 * @throws Refusal when policy, claim, reason or rate stands against it
 */
export async function openView(
  actor: Actor,
  caseId: string,
  ask: z.output<typeof openViewRequest>,
): Promise<OpenViewResult> {
  // An absent reason goes on to the database, which refuses it and records that it did.
  const reason = (ask.preset ? presetReason(ask.purpose) : ask.reason) ?? "";
  const view = await call<OpenViewResult>(
    actor,
    "access.request_and_open",
    caseId,
    ask.purpose,
    ask.scope,
    reason,
    ask.preset,
  );
  const { viewId, grantId, openedAt, expiresAt, messageCount, truncated } = view;
  return { viewId, grantId, openedAt, expiresAt, messageCount, truncated };
}
