import { guarded } from "../../db/connect.ts";
import { webSql } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";

/** What a refused call was aimed at. */
export interface DenialTarget {
  readonly route: string;
  readonly caseId?: string;
  readonly threadId?: string;
  readonly queueId?: string;
  readonly viewId?: string;
  readonly decisionId?: string;
  readonly staffId?: string;
  /** Of the log itself. Not kept: which record somebody groped for says nothing beyond that they did. */
  readonly eventId?: string;
  /** Of a request, a grant, an entry of a list: the same. */
  readonly entryId?: string;
}

/**
 * Writes a refusal that was made before any verb was reached (wrong origin, wrong form, no session), in a transaction of
 * its own.
 *
 * @throws DatabaseFailure when it cannot be recorded; the caller then answers with a failure, not with the refusal
 */
export async function recordDenial(
  actor: Actor,
  action: string,
  code: string,
  target: DenialTarget,
): Promise<void> {
  await guarded(
    webSql()`select audit.record_denial(${actor as never}::jsonb, ${action}, ${code}, ${target as never}::jsonb)`,
  );
}
