import { z } from "zod";
import type { SaveDraftRequest, SaveDraftResult } from "../../contracts/cybertip.ts";
import { problem } from "../../contracts/problem.ts";
import { saveDraftSealed } from "../../db/content-client.ts";
import { countProblems, derivedFieldsIn, isTooDeep, validateDraft } from "../../domain/cybertip/draft.ts";
import { draftFacts } from "../../domain/cybertip/draftFacts.ts";
import type { Report } from "../../domain/cybertip/model/report.ts";
import type { SchemaVersion } from "../../domain/cybertip/model/versions.ts";
import { REPORT_STATES } from "../../domain/cybertip/vocabulary.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { BadRequest } from "../http/readBody.ts";
import { Refusal } from "../refusal.ts";
import { contentMac, newSealer } from "./seal.ts";

interface Terms {
  threadId: string;
  reporter: Report["reporter"] | null;
  schemaVersion: SchemaVersion;
}

const saved = z.object({
  ok: z.literal(true),
  revision: z.number(),
  digest: z.string(),
  savedAt: z.string(),
  state: z.enum(REPORT_STATES),
});
const refused = z.object({ ok: z.literal(false), code: z.string(), meanwhile: problem.shape.meanwhile });

/**
 * Saves a draft as the next revision: checked, sealed under a data key of its own, and bound to its place. Whatever was
 * approved before is approved no more. A draft with errors is saved; it cannot be handed in.
 *
 * @returns the revision and what is wrong with it. Saving the same again is no revision
 * @throws BadRequest `derived-field` with pointers to what nobody may type, `bad-field` for what is no draft; Refusal `draft-changed` (with `meanwhile`) when
 *   somebody saved since the revision that this one was made from, `filing-under-way`, or when the view does not stand
 */
export async function saveDraft(
  actor: Actor,
  reportId: string,
  { viewId, revision, draft }: SaveDraftRequest,
): Promise<SaveDraftResult> {
  const terms = await call<Terms>(actor, "cybertip.draft_terms", reportId);
  if (isTooDeep(draft))
    throw new BadRequest("bad-field", [
      { pointer: "/draft", message: "This is nested deeper than a report can be." },
    ]);
  const derived = derivedFieldsIn(draft);
  if (derived.length > 0)
    throw new BadRequest(
      "derived-field",
      derived.slice(0, 50).map((pointer) => ({
        pointer,
        message: "This comes from the settings or the audit log. Leave it out.",
      })),
    );
  const problems = validateDraft(draft, {
    reporter: terms.reporter ?? null,
    now: new Date(),
    version: terms.schemaVersion,
  });

  const text = JSON.stringify(draft);
  const sealer = await newSealer(terms.threadId);
  const digest = await contentMac("cybertip draft", reportId, text);
  const answer = await saveDraftSealed(actor, reportId, viewId, revision, {
    ...draftFacts(draft),
    ...countProblems(problems),
    digest: digest.toString("hex"),
    keyId: sealer.keyId,
    kekId: sealer.kekId,
    wrapped: sealer.wrapped.toString("base64"),
    draft: sealer.draft(reportId, revision + 1, text).toString("base64"),
  });
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true, meanwhile: no.data.meanwhile });
  const { ok: _, ...result } = saved.parse(answer);
  return { ...result, problems };
}
