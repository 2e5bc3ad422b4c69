import { isUtf8 } from "node:buffer";
import { type Flag, flag } from "../../contracts/intake.ts";
import type { Problem } from "../../contracts/problem.ts";
import { incoherent, tooLong } from "../../domain/intake/coherence.ts";
import { countKeys, measureJson, repeatedKeys } from "../../domain/intake/jsonText.ts";
import { LIMITS } from "../../domain/intake/limits.ts";
import { type FieldProblem, pointerTo } from "../../domain/intake/pointer.ts";
import { fieldProblems } from "./fieldProblems.ts";
import { intakeProblem } from "./intakeProblem.ts";

export type Parsed = { readonly flag: Flag } | { readonly problem: Problem };

const BYTE_ORDER_MARK = "\ufeff";

/**
 * Reads one flag from its bytes. Everything that is wrong with it is told at once, up to a cap.
 *
 * @param bytes of one JSON text
 * @param now milliseconds since the epoch
 */
export function parseFlag(bytes: Buffer, now: number): Parsed {
  if (!isUtf8(bytes)) return { problem: intakeProblem("not-utf8") };
  let text = bytes.toString("utf8");
  // RFC 8259 §8.1: senders must not add one, readers may pass over it.
  if (text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
  const { keys, depth } = measureJson(text);
  if (depth > LIMITS.depth) return { problem: intakeProblem("too-deep") };
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    return { problem: intakeProblem("not-json") };
  }

  const lists = tooLong(sent);
  if (lists.length > 0) return { problem: badFlag(lists) };
  const problems: FieldProblem[] = [];
  if (countKeys(sent) !== keys) {
    for (const path of repeatedKeys(text, LIMITS.problems))
      problems.push({ pointer: pointerTo(path), message: "Stands in its object more than once." });
  }
  const checked = flag.safeParse(sent);
  if (!checked.success) problems.push(...fieldProblems(checked.error.issues, sent));
  problems.push(...incoherent(sent, now));
  if (checked.success && problems.length === 0) return { flag: checked.data };
  return { problem: badFlag(problems) };
}

function badFlag(problems: readonly FieldProblem[]): Problem {
  const listed = problems.slice(0, LIMITS.problems);
  return intakeProblem("bad-flag", listed, problems.length - listed.length);
}
