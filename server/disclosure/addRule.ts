import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { RuleAnswer, ruleRequest } from "../../contracts/legal/collections.ts";
import { addRuleSealed } from "../../db/content-client.ts";
import { makeRedactor } from "../../domain/packet/redact/redactor.ts";
import { ruleProblem } from "../../domain/packet/redact/shapes.ts";
import type { Actor } from "../actor.ts";
import { BadRequest } from "../http/readBody.ts";
import { Refusal } from "../refusal.ts";
import { openReviewPage } from "./openReviewPage.ts";
import { newSealer } from "./seal.ts";

const added = z.object({ ok: z.literal(true), decisionId: z.string().nullable() });
const refused = z.object({ ok: z.literal(false), code: z.string() });

/**
 * Tries a redaction rule on what a view shows, or adds it for the whole collection. Its words are content: they rest sealed
 * under a data key of the request.
 *
 * @returns how often it finds something in the messages of the view, and in how many of them
 * @throws BadRequest `bad-field` for a rule that cannot be used, or whose reason repeats its words; Refusal when the view does
 *   not stand, `reason-without-substance`, `too-many-rules`, `collection-handed-in`; recorded
 */
export async function addRule(
  actor: Actor,
  collectionId: string,
  { viewId, kind, words, reason, preview }: z.output<typeof ruleRequest>,
): Promise<RuleAnswer> {
  const problem = ruleProblem({ kind, words });
  if (problem) throw new BadRequest("bad-field", [{ pointer: "/words", message: problem }]);
  const said = (words ?? "").trim().toLowerCase();
  if (kind === "literal" && said.length > 2 && reason.toLowerCase().includes(said))
    throw new BadRequest("bad-field", [
      { pointer: "/reason", message: "The reason repeats what is taken out. Say why, in other words." },
    ]);
  const page = await openReviewPage(actor, viewId, "legal.rule_added");
  if (page.collectionId !== collectionId) throw new Refusal("not-found");
  const redactor = makeRedactor([{ kind, words, reason }], []);
  const found = page.messages.map(({ revisions }) =>
    revisions.reduce((sum, { body }) => sum + (body ? redactor.cuts(body).length : 0), 0),
  );
  const matches = found.reduce((sum, n) => sum + n, 0);
  const messages = found.filter((n) => n > 0).length;

  const decisionId = randomUUID();
  const sealer = words === null || preview ? null : await newSealer(page.requestId);
  const answer = await addRuleSealed(actor, collectionId, {
    viewId,
    kind,
    reason,
    preview,
    matches,
    messages,
    decisionId,
    ...(sealer && {
      words: sealer.rule(decisionId, words ?? "").toString("base64"),
      keyId: sealer.keyId,
      kekId: sealer.kekId,
      wrapped: sealer.wrapped.toString("base64"),
    }),
  });
  const no = refused.safeParse(answer);
  if (no.success) throw new Refusal(no.data.code, { recorded: true });
  return { decisionId: added.parse(answer).decisionId, matches, messages };
}
