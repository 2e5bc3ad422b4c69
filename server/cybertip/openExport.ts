import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * Commits that somebody takes an approved report out, and why. Reveals nothing: `readFiling` does that, in a later
 * transaction.
 *
 * @returns the reading, which lasts half an hour
 * @throws Refusal when the actor may not work on the report, nobody approved it as it stands, it may be with NCMEC
 *   already, or the reason says nothing
 */
export async function openExport(
  actor: Actor,
  reportId: string,
  reason: string,
): Promise<{ readonly readingId: string; readonly revision: number }> {
  const { readingId, revision } = await call<{ readingId: string; revision: number }>(
    actor,
    "cybertip.open_export",
    reportId,
    reason,
  );
  return { readingId, revision };
}
