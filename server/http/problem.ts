import type { Problem } from "../../contracts/problem.ts";
import { DENIALS, isDenialCode } from "../../domain/denials.ts";

/**
 * A problem in the form of RFC 9457. It says what happened and what to do, and never repeats what was sent.
 *
 * @param code of `domain/denials.ts`; an unknown one counts as a failure of ours
 * @param errors one entry a wrong field, with its JSON pointer
 * @param extension members of one code's own
 */
export function problem(
  code: string,
  requestId: string,
  errors?: Problem["errors"],
  extension: Pick<Problem, "meanwhile"> = {},
): Response {
  const known = isDenialCode(code) ? DENIALS[code] : DENIALS.failure;
  const body: Problem = {
    type: `urn:unseal:problem:${code}`,
    title: known.title,
    status: known.status,
    detail: known.detail,
    code,
    requestId,
    ...(errors ? { errors } : {}),
    ...extension,
  };
  return new Response(JSON.stringify(body), {
    status: known.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}
