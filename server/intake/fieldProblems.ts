import type { z } from "zod";
import { type FieldProblem, isNameable, pointerTo } from "../../domain/intake/pointer.ts";

const KINDS: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  array: "a list",
  object: "an object",
};

/**
 * What a schema found, in words that say what to send and repeat nothing of what was sent.
 *
 * @param issues of the schema
 * @param sent the value it looked at
 * @returns one entry a field; the first of several problems with one field counts
 */
export function fieldProblems(issues: readonly z.core.$ZodIssue[], sent: unknown): FieldProblem[] {
  const found = new Map<string, FieldProblem>();
  const add = (pointer: string, message: string) => {
    if (!found.has(pointer)) found.set(pointer, { pointer, message });
  };
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") {
      add(pointerTo(issue.path), isMissing(issue.path, sent) ? "Is missing." : wordsFor(issue));
      continue;
    }
    for (const key of issue.keys) {
      if (isNameable(key)) add(pointerTo([...issue.path, key]), "Is not in the contract. Leave it out.");
      else add(pointerTo(issue.path), "Holds a field that is not in the contract. Leave it out.");
    }
  }
  return [...found.values()];
}

function isMissing(path: readonly PropertyKey[], sent: unknown): boolean {
  let value = sent;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return true;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value === undefined;
}

function wordsFor(issue: Exclude<z.core.$ZodIssue, { code: "unrecognized_keys" }>): string {
  switch (issue.code) {
    case "invalid_type":
      return `Send ${KINDS[issue.expected] ?? "another kind of value"}.`;
    case "invalid_value":
      return `Send one of ${issue.values.join(", ")}.`;
    case "too_small":
      if (issue.origin === "string") return "Is empty.";
      return issue.origin === "array" ? "Send at least one." : `Send ${issue.minimum} or more.`;
    case "too_big":
      if (issue.origin === "string")
        return `Is too long: at most ${issue.maximum.toLocaleString("en")} characters.`;
      if (issue.origin === "array") return `Send at most ${issue.maximum.toLocaleString("en")}.`;
      return `Send ${issue.maximum} or less.`;
    // Formats and rules carry messages of ours (contracts/intakeFields.ts).
    case "invalid_format":
    case "custom":
      return issue.message;
    default:
      return "Does not fit the contract.";
  }
}
