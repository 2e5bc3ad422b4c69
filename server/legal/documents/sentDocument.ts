import { documentHeaders } from "../../../contracts/legal/requests.ts";
import type { SentDocument } from "../../disclosure/keepDocument.ts";
import { BadRequest, pointersOf } from "../../http/readBody.ts";
import { Refusal } from "../../refusal.ts";

/**
 * A document as it is sent: its bytes are the body, its name a header in percent-encoded UTF-8 (headers are Latin letters).
 *
 * @throws BadRequest `bad-field`; Refusal `bad-file-name` when the name does not decode
 */
export function sentDocument(request: Request): SentDocument {
  const { headers, body } = request;
  const checked = documentHeaders.safeParse({
    name: headers.has("x-file-name") ? decoded(headers.get("x-file-name") ?? "") : undefined,
    kind: headers.get("x-document-kind") ?? undefined,
  });
  if (!checked.success) throw new BadRequest("bad-field", pointersOf(checked.error));
  const length = headers.get("content-length");
  return {
    ...checked.data,
    size: length !== null && /^[0-9]{1,15}$/.test(length) ? Number(length) : null,
    bytes: body ?? nothing(),
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw new Refusal("bad-file-name");
  }
}

async function* nothing(): AsyncGenerator<Uint8Array, void, void> {}
