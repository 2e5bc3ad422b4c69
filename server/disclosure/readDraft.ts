import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { DraftContent, ReadDraftRequest } from "../../contracts/cybertip.ts";
import { staffRef } from "../../contracts/triage.ts";
import { readDraftSealed } from "../../db/content-client.ts";
import { type CyberTipDraft, validateDraft } from "../../domain/cybertip/draft.ts";
import type { Report } from "../../domain/cybertip/model/report.ts";
import { SCHEMA_VERSIONS } from "../../domain/cybertip/model/versions.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { base64, openBoxes } from "./openBoxes.ts";
import { Sealed } from "./Sealed.ts";

const sealedDraft = z.object({
  ok: z.literal(true),
  reportId: z.string(),
  threadId: z.string(),
  revision: z.number(),
  digest: z.string().nullable(),
  savedBy: staffRef.nullable(),
  savedAt: z.string().nullable(),
  expiresAt: z.string(),
  keyId: z.string().nullable(),
  key: z.object({ kekId: z.string(), wrapped: base64 }).nullable(),
  draft: base64.nullable(),
  reporter: z.unknown(),
  schemaVersion: z.enum(SCHEMA_VERSIONS),
});
const refused = z.object({ ok: z.literal(false), code: z.string() });
const notYet = z.object({ code: z.literal("awaiting-checkpoint"), wait: z.literal(true) });
const ASK_AGAIN_MS = 40;

/**
 * Reads a revision of a report's draft, under a view of the report's case that was opened for such a report. That it was
 * read, and which revision, is kept: an approval needs it.
 *
 * @returns the draft with what is wrong with it now; null where nothing has been written yet
 * @throws Refusal when the view does not stand or does not belong to the report; `sealed-damaged` when the draft was moved
 *   or changed
 */
export async function readDraft(
  actor: Actor,
  reportId: string,
  { viewId, revision }: ReadDraftRequest,
): Promise<Sealed<DraftContent>> {
  let answer: unknown;
  do {
    if (answer !== undefined) await setTimeout(ASK_AGAIN_MS);
    answer = await readDraftSealed(actor, reportId, viewId, revision ?? null);
  } while (notYet.safeParse(answer).success);
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  const {
    threadId,
    keyId,
    key,
    draft: box,
    reporter,
    schemaVersion,
    ok: _,
    ...head
  } = sealedDraft.parse(answer);
  if (head.revision === 0) return new Sealed({ ...head, draft: null, problems: [] });

  if (!keyId || !key || !box) throw new Refusal("sealed-damaged");
  const open = await openBoxes(threadId, [{ id: keyId, ...key }]);
  const draft: CyberTipDraft = JSON.parse(
    open(keyId, { of: "cybertip", id: reportId, revision: head.revision }, box),
  );
  const problems = validateDraft(draft, {
    reporter: (reporter ?? null) as Report["reporter"] | null,
    now: new Date(),
    version: schemaVersion,
  });
  return new Sealed({ ...head, draft, problems });
}
