import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import type { FilingAnswer, ReadAnswerRequest } from "../../contracts/cybertip.ts";
import { readAnswerSealed } from "../../db/content-client.ts";
import type { ReportResponse } from "../../domain/cybertip/model/responses.ts";
import { readDocument } from "../../domain/cybertip/readDocument.ts";
import type { Actor } from "../actor.ts";
import { Refusal } from "../refusal.ts";
import { base64, openBoxes } from "./openBoxes.ts";
import { Sealed } from "./Sealed.ts";

const sealedAnswer = z.object({
  ok: z.literal(true),
  stepId: z.string(),
  threadId: z.string(),
  keyId: z.string(),
  answer: base64,
  expiresAt: z.string(),
  key: z.object({ id: z.string(), kekId: z.string(), wrapped: base64 }).nullable(),
});
const refused = z.object({ ok: z.literal(false), code: z.string() });
const notYet = z.object({ code: z.literal("awaiting-checkpoint"), wait: z.literal(true) });
const ASK_AGAIN_MS = 40;

/**
 * Reads what NCMEC's service said to a call that it did not take, under a view of the report's case that was opened for
 * such a report. A refusal may quote a field, so it is content.
 *
 * @throws Refusal when the view does not stand or does not belong to the report; `not-found` when nothing was kept;
 *   `sealed-damaged` when it was moved or changed
 */
export async function readAnswer(
  actor: Actor,
  reportId: string,
  { viewId, stepId }: ReadAnswerRequest,
): Promise<Sealed<FilingAnswer>> {
  let found: unknown;
  do {
    if (found !== undefined) await setTimeout(ASK_AGAIN_MS);
    found = await readAnswerSealed(actor, reportId, viewId, stepId);
  } while (notYet.safeParse(found).success);
  const no = refused.safeParse(found);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  const { threadId, keyId, key, answer: box, expiresAt } = sealedAnswer.parse(found);
  if (!key) throw new Refusal("sealed-damaged");
  const open = await openBoxes(threadId, [key]);
  const answer = open(keyId, { of: "answer", id: stepId }, box);
  return new Sealed({ stepId, description: descriptionIn(answer), answer, expiresAt });
}

const MOST_BYTES = 1_048_576;

function descriptionIn(answer: string): string | null {
  const read = readDocument("reportResponse", Buffer.from(answer), "2025-11", MOST_BYTES);
  return read.kind === "read" ? ((read.value as Partial<ReportResponse>).responseDescription ?? null) : null;
}
