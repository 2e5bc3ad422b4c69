import type { AnyType, ComplexType, Field, SimpleType } from "./model/kinds.ts";
import { isIn, type SchemaVersion } from "./model/versions.ts";
import { readPointer } from "./pointer.ts";

/** One field of the model, as forms and tests walk it. */
export interface ListedField {
  /** JSON pointer in which `*` stands for an index: as in `/victim/{*}/email/{*}/value` without braces. */
  readonly pattern: string;
  readonly name: string;
  readonly kind: "element" | "attribute" | "value";
  readonly field: Field;
}

/** The text of a type that holds one, as if it were a field of it. */
export function bodyField(of: Field, body: SimpleType): Field {
  return { ...of, type: body, min: 1, many: false };
}

export function isSimpleContent(content: ComplexType["content"]): content is SimpleType {
  return typeof content !== "string";
}

/** Every field below a type in the order of the schema, each followed by its own. */
export function listFields(type: ComplexType, version: SchemaVersion, prefix = ""): ListedField[] {
  const found: ListedField[] = [];
  const add = (kind: "element" | "attribute", fields: ComplexType["elements"]) => {
    for (const [name, field] of Object.entries(fields)) {
      if (!isIn(version, field.since)) continue;
      const pattern = `${prefix}/${name}${field.many ? "/*" : ""}`;
      found.push({ pattern, name, kind, field });
      if (field.type.kind !== "complex") continue;
      if (isSimpleContent(field.type.content))
        found.push({
          pattern: `${pattern}/value`,
          name: "value",
          kind: "value",
          field: bodyField(field, field.type.content),
        });
      found.push(...listFields(field.type, version, pattern));
    }
  };
  add("attribute", type.attributes);
  add("element", type.elements);
  return found;
}

/** What a pointer leads to. */
export interface FoundField {
  readonly field: Field;
  readonly name: string;
  readonly kind: "element" | "attribute" | "value";
  /** Position among its like; null for the list itself and for what stands alone. */
  readonly index: number | null;
}

/** The fields that a pointer passes, outermost first. Null when it leads nowhere. */
export function fieldsAlong(root: ComplexType, pointer: string): FoundField[] | null {
  const trail: FoundField[] = [];
  let type: AnyType = root;
  for (const step of readPointer(pointer)) {
    const last: FoundField | undefined = trail.at(-1);
    if (typeof step === "number") {
      if (!last?.field.many || last.index !== null) return null;
      trail[trail.length - 1] = { ...last, index: step };
      continue;
    }
    if (type.kind !== "complex") return null;
    const found = fieldOf(type, step, last?.field);
    if (!found) return null;
    trail.push({ ...found, name: step, index: null });
    type = found.field.type;
  }
  return trail;
}

function fieldOf(
  type: ComplexType,
  name: string,
  holder: Field | undefined,
): Omit<FoundField, "name" | "index"> | null {
  if (name === "value" && isSimpleContent(type.content) && holder)
    return { field: bodyField(holder, type.content), kind: "value" };
  const attribute = Object.hasOwn(type.attributes, name) ? type.attributes[name] : undefined;
  if (attribute) return { field: attribute, kind: "attribute" };
  const element = Object.hasOwn(type.elements, name) ? type.elements[name] : undefined;
  return element ? { field: element, kind: "element" } : null;
}

/**
 * What a pointer leads to in plain words: `Person reported 1 › E-mail 2 › Verified`.
 *
 * @returns the last known part's name, or the pointer's last step where the model knows nothing
 */
export function labelOf(root: ComplexType, pointer: string): string {
  const steps = readPointer(pointer);
  if (steps.length === 0) return "The whole document";
  const trail = fieldsAlong(root, pointer);
  if (!trail) return "A field that the schema does not have";
  return trail
    .filter((one) => one.kind !== "value")
    .map((one) => (one.index === null ? one.field.label : `${one.field.label} ${one.index + 1}`))
    .join(" › ");
}
