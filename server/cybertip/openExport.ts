import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

export interface OpenedExport {
  readonly readingId: string;
  /** Ours, not NCMEC's. */
  readonly number: number;
  readonly revision: number;
}

/**
 * Commits that somebody takes an approved report out, and why. Reveals nothing: `readFiling` does that, in a later
 * transaction.
 *
 * @returns the reading, which lasts half an hour
 * @throws Refusal when the actor may not work on the report, nobody approved it as it stands, it may be with NCMEC
 *   already, or the reason says nothing
 */
export async function openExport(actor: Actor, reportId: string, reason: string): Promise<OpenedExport> {
  const { readingId, number, revision } = await call<OpenedExport>(
    actor,
    "cybertip.open_export",
    reportId,
    reason,
  );
  return { readingId, number, revision };
}
