import type { z } from "zod";
import type { CollectionDetail, collectRequest } from "../../../contracts/legal/collections.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { TOOL_VERSION } from "../toolVersion.ts";

/**
 * Collects what an approved request covers: draws a cut-off, holds the threads, counts, and records the query for good. A
 * further collection is a supplement. No content is read.
 *
 * @throws Refusal `request-not-approved` or what is still to be verified; `category-not-allowed`, `outside-range`,
 *   `range-reversed`, `unknown-account`, `unknown-thread`, `outside-regions`, `own-thread`, `intake-busy`; recorded
 */
export async function collectForRequest(
  actor: Actor,
  requestId: string,
  ask: z.output<typeof collectRequest>,
): Promise<CollectionDetail> {
  const { ok: _, ...detail } = await call<CollectionDetail & { ok: true }>(
    actor,
    "legal.collect",
    requestId,
    { ...ask, toolVersion: TOOL_VERSION },
  );
  return detail;
}
