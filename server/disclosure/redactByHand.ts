import type { Decided, RedactRequest } from "../../contracts/legal/collections.ts";
import { originalRange } from "../../domain/packet/redact/redactor.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { BadRequest } from "../http/readBody.ts";
import { Refusal } from "../refusal.ts";
import { openReviewPage } from "./openReviewPage.ts";
import { withoutThirdParties } from "./readCollectionView.ts";
import { contentMac } from "./seal.ts";

/**
 * Takes words of a message out, under a view that shows them. The places are those of the text as the view shows it; kept are
 * those of the text as it was sent, and a keyed digest of the words, never the words.
 *
 * @throws BadRequest `bad-field` for places outside the text or within a character, and for a reason that repeats the words;
 *   Refusal when the view does not stand or does not cover the message, `reason-without-substance`,
 *   `collection-handed-in`; recorded
 */
export async function redactByHand(
  actor: Actor,
  collectionId: string,
  { viewId, messageId, revision, from, to, reason }: RedactRequest,
): Promise<Decided> {
  const page = await openReviewPage(actor, viewId, "legal.redacted");
  const body = page.messages
    .find(({ id }) => id === messageId)
    ?.revisions.find((one) => one.revision === revision)?.body;
  if (page.collectionId !== collectionId || body === undefined) throw new Refusal("not-found");
  if (body === null) throw new Refusal("no-bodies");

  const burnt = withoutThirdParties(body, page);
  if (to > burnt.text.length)
    throw fieldError("/to", `The text ends at ${burnt.text.length}. Mark what lies within it.`);
  for (const [pointer, at] of [
    ["/from", from],
    ["/to", to],
  ] as const)
    if (isWithinCharacter(burnt.text, at))
      throw fieldError(pointer, "This lies in the middle of a character. Mark all of it.");
  const { start, end } = originalRange(burnt, { start: from, end: to });
  const words = body.slice(start, end);
  if (repeats(reason, words))
    throw fieldError("/reason", "The reason repeats what is taken out. Say why, in other words.");

  const mac = await contentMac("legal redaction", page.requestId, messageId, String(revision), words);
  const { decisionId } = await call<Decided>(actor, "legal.redact", collectionId, {
    viewId,
    messageId,
    revision,
    from: start,
    to: end,
    mac: mac.toString("hex"),
    reason,
  });
  return { decisionId };
}

function fieldError(pointer: string, message: string): BadRequest {
  return new BadRequest("bad-field", [{ pointer, message }]);
}

/** Between the halves of a character that UTF-16 writes as two units. */
function isWithinCharacter(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

/** Reasons are in the packet and in the log. (Two letters stand in every sentence.) */
function repeats(reason: string, words: string): boolean {
  const said = words.normalize("NFKC").trim().toLowerCase();
  return said.length > 2 && reason.normalize("NFKC").toLowerCase().includes(said);
}
