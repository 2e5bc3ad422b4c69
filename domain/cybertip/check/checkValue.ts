import type { AnyType, ComplexType, Field } from "../model/kinds.ts";
import { isIn, type SchemaVersion } from "../model/versions.ts";
import type { Path } from "../pointer.ts";
import type { Around, Rule } from "../rules/ruleOn.ts";
import type { RuleId } from "../rules/table.ts";
import { bodyField, isSimpleContent } from "../walkModel.ts";
import { checkSimple } from "./checkSimple.ts";

export interface Checking {
  readonly version: SchemaVersion;
  readonly around: Around;
  readonly rules: ReadonlyMap<ComplexType, readonly Rule[]>;
  /** Top-level fields that the service gives only later and that may be absent until then. */
  readonly pending: readonly string[];
  readonly say: (rule: RuleId, path: Path, message: string) => void;
}

/**
 * Checks a value against its type, all the way down, then against the rules of that type.
 *
 * @returns whether its shape is right: everything of the right kind, though perhaps missing, too long or unknown
 */
export function checkValue(
  checking: Checking,
  type: AnyType,
  field: Field,
  value: unknown,
  path: Path,
): boolean {
  if (type.kind !== "complex")
    return checkSimple(type, field, value, checking.around.now, (rule, message) =>
      checking.say(rule, path, message),
    );
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    checking.say("schema.type", path, "Fill in its fields.");
    return false;
  }
  const held = new Map<string, unknown>(Object.entries(value).filter(([, one]) => one !== undefined));
  refuseUnknown(checking, type, held, path);
  let sound = true;
  if (isSimpleContent(type.content))
    sound = checkField(checking, "value", bodyField(field, type.content), held, path) && sound;
  for (const [name, one] of Object.entries(type.attributes))
    sound = checkField(checking, name, one, held, path) && sound;
  for (const [name, one] of Object.entries(type.elements)) {
    const among = type.content === "choice" ? { ...one, min: 0 as const } : one;
    sound = checkField(checking, name, among, held, path) && sound;
  }
  checkAlternatives(checking, type, held, path);
  if (sound)
    for (const rule of checking.rules.get(type) ?? [])
      rule.check(value, (id, at, message) => checking.say(id, [...path, ...at], message), checking.around);
  return sound;
}

function checkField(
  checking: Checking,
  name: string,
  field: Field,
  held: ReadonlyMap<string, unknown>,
  path: Path,
): boolean {
  const at = [...path, name];
  const value = held.get(name);
  if (value === undefined) {
    if (field.min === 1 && !(path.length === 0 && checking.pending.includes(name)))
      checking.say("schema.required", at, "It is required: fill it in.");
    return true;
  }
  if (!isIn(checking.version, field.since))
    checking.say(
      "schema.version",
      at,
      `It came with version ${field.since} of the schema; the service at hand is older. Leave it out.`,
    );
  if (field.legacy)
    checking.say("advice.legacy", at, "The service no longer documents it. Better leave it out.");
  if (!field.many) return checkValue(checking, field.type, field, value, at);
  if (!Array.isArray(value)) {
    checking.say("schema.type", at, "Write a list.");
    return false;
  }
  if (field.min === 1 && value.length === 0) checking.say("schema.required", at, "Add at least one.");
  let sound = true;
  for (const [i, item] of value.entries())
    sound = checkValue(checking, field.type, field, item, [...at, i]) && sound;
  return sound;
}

function refuseUnknown(
  checking: Checking,
  type: ComplexType,
  held: ReadonlyMap<string, unknown>,
  path: Path,
): void {
  for (const name of held.keys()) {
    const known =
      Object.hasOwn(type.elements, name) ||
      Object.hasOwn(type.attributes, name) ||
      (name === "value" && isSimpleContent(type.content));
    if (!known) checking.say("schema.unknown", [...path, name], "The schema has no such field. Take it out.");
  }
}

function checkAlternatives(
  checking: Checking,
  type: ComplexType,
  held: ReadonlyMap<string, unknown>,
  path: Path,
): void {
  if (type.content === "choice") {
    const chosen = Object.keys(type.elements).filter((name) => held.has(name));
    if (chosen.length !== 1)
      checking.say("schema.choice", path, chosen.length === 0 ? "Choose one kind." : "Choose one kind only.");
  }
  const seen = new Set<string>();
  for (const [name, { exclusive }] of Object.entries(type.elements)) {
    if (exclusive === undefined || !held.has(name)) continue;
    if (seen.has(exclusive))
      checking.say(
        "schema.exclusive",
        [...path, name],
        "It excludes another field that is filled in. Keep one.",
      );
    seen.add(exclusive);
  }
}
