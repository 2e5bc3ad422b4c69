import type { XmlElement } from "@rgrove/parse-xml";
import { DOCUMENTS, type DocumentName } from "./model/documents.ts";
import type { AnyType, ComplexType, Field, SimpleType } from "./model/kinds.ts";
import { isIn, type SchemaVersion } from "./model/versions.ts";
import { type ParsedXml, parseXml } from "./parseXml.ts";
import { type Path, writePointer } from "./pointer.ts";
import { isSimpleContent } from "./walkModel.ts";

/** Why a document is not of the schema. Carries where, never what. */
export interface Misfit {
  readonly pointer: string;
  /** `unknown`: something that the model does not have; `misplaced`: something where or as often as it may not be. */
  readonly kind: "unknown" | "misplaced";
  readonly why: string;
}

export type ReadDocument =
  | { readonly kind: "read"; readonly value: unknown; readonly misfits: readonly Misfit[] }
  | Exclude<ParsedXml, { kind: "parsed" }>
  | { readonly kind: "other-document"; readonly why: string; readonly root: string };

/**
 * Reads XML into a value of the model: the reverse of `serialise`. Structure (order, cardinality, names) is checked
 * here and what does not fit is listed; values are left to `validateDocument`.
 *
 * @param most bytes above which nothing is parsed
 */
export function readDocument(
  document: DocumentName,
  xml: string | Uint8Array,
  version: SchemaVersion,
  most: number,
): ReadDocument {
  const parsed = parseXml(xml, most);
  if (parsed.kind !== "parsed") return parsed;
  if (parsed.root.name !== document)
    return { kind: "other-document", why: `The root element is not <${document}>.`, root: parsed.root.name };
  const reading: Reading = { version, misfits: [] };
  const value = readValue(reading, DOCUMENTS[document], parsed.root, []);
  return { kind: "read", value, misfits: reading.misfits };
}

interface Reading {
  readonly version: SchemaVersion;
  readonly misfits: Misfit[];
}

function readValue(reading: Reading, type: AnyType, element: XmlElement, path: Path): unknown {
  if (type.kind !== "complex") {
    refuseAttributes(reading, {}, element, path);
    return simpleContent(reading, type, element, path);
  }
  const value: Record<string, unknown> = {};
  refuseAttributes(reading, type.attributes, element, path);
  for (const [name, field] of Object.entries(type.attributes)) {
    const text = Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;
    if (text !== undefined && field.type.kind !== "complex") value[name] = fromLexical(field.type, text);
  }
  if (isSimpleContent(type.content)) {
    value.value = simpleContent(reading, bodyType(type), element, [...path, "value"]);
    return value;
  }
  readChildren(reading, type, element, path, value);
  return value;
}

function readChildren(
  reading: Reading,
  type: ComplexType,
  element: XmlElement,
  path: Path,
  value: Record<string, unknown>,
): void {
  const misfit = (at: Path, why: string, kind: Misfit["kind"] = "misplaced") =>
    reading.misfits.push({ pointer: writePointer(at), kind, why });
  const names = Object.keys(type.elements);
  let reached = 0;
  for (const child of element.children) {
    if (!isElement(child)) {
      if ("text" in child && child.text.trim() !== "") misfit(path, "There is text between its elements.");
      continue;
    }
    const field: Field | undefined = Object.hasOwn(type.elements, child.name)
      ? type.elements[child.name]
      : undefined;
    const at = [...path, child.name];
    if (!field || !isIn(reading.version, field.since)) {
      misfit(at, "There is no such element here.", "unknown");
      continue;
    }
    const place = names.indexOf(child.name);
    if (type.content === "sequence" && place < reached) misfit(at, "It stands in the wrong place.");
    reached = Math.max(reached, place);
    if (field.many) {
      const before = value[child.name];
      const list: unknown[] = Array.isArray(before) ? before : [];
      list.push(readValue(reading, field.type, child, [...at, list.length]));
      value[child.name] = list;
    } else {
      if (child.name in value) misfit(at, "It is there more than once.");
      value[child.name] = readValue(reading, field.type, child, at);
    }
  }
}

function refuseAttributes(reading: Reading, known: object, element: XmlElement, path: Path): void {
  for (const name of Object.keys(element.attributes))
    if (!Object.hasOwn(known, name) && !/^xmlns(:|$)|^xsi:/.test(name))
      reading.misfits.push({
        pointer: writePointer([...path, name]),
        kind: "unknown",
        why: "There is no such attribute here.",
      });
}

function simpleContent(reading: Reading, type: SimpleType, element: XmlElement, path: Path): unknown {
  if (element.children.some(isElement))
    reading.misfits.push({
      pointer: writePointer(path),
      kind: "misplaced",
      why: "There are elements where a text belongs.",
    });
  return fromLexical(type, element.text);
}

/** What XML says, as the model holds it. What cannot be read stays a text, for the validator to refuse. */
function fromLexical(type: SimpleType, text: string): unknown {
  if (type.kind === "text") return type.base === "token" ? collapse(text) : text;
  if (type.kind === "enumeration") return text;
  const bare = collapse(text);
  switch (type.kind) {
    case "boolean":
      return bare === "true" || bare === "1" ? true : bare === "false" || bare === "0" ? false : bare;
    case "presence":
      return bare === "" || bare === "true" || bare === "1" ? true : bare;
    case "int":
      return /^[+-]?\d+$/.test(bare) ? Number(bare) : bare;
    case "double":
      return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(bare) ? Number(bare) : bare;
    default:
      return bare;
  }
}

/** White space as XML Schema collapses it. */
function collapse(text: string): string {
  return text.replace(/[\t\n\r ]+/g, " ").trim();
}
function bodyType(type: ComplexType): SimpleType {
  if (!isSimpleContent(type.content)) throw new Error(`${type.name} holds no text`);
  return type.content;
}
function isElement(node: XmlElement["children"][number]): node is XmlElement {
  return node.type === "element";
}
