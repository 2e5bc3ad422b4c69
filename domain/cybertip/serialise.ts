import { countForbidden, spellForbidden } from "./characters.ts";
import { DOCUMENTS, type DocumentName } from "./model/documents.ts";
import type { FileDetails } from "./model/fileDetails.ts";
import type { AnyType, ComplexType, Field, SimpleType } from "./model/kinds.ts";
import type { Report } from "./model/report.ts";
import type { ReportDoneResponse, ReportResponse } from "./model/responses.ts";
import { isIn, type SchemaVersion } from "./model/versions.ts";
import { type Path, writePointer } from "./pointer.ts";
import { isSimpleContent } from "./walkModel.ts";

export interface DocumentValues {
  readonly report: Report;
  readonly fileDetails: FileDetails;
  readonly reportResponse: ReportResponse;
  readonly reportDoneResponse: ReportDoneResponse;
}

/** A value does not fit the model, so no document can be written. Carries where, never what. */
export class Unwritable extends Error {
  override readonly name = "Unwritable";
  readonly pointer: string;
  constructor(path: Path, why: string) {
    super(`${writePointer(path) || "/"}: ${why}`);
    this.pointer = writePointer(path);
  }
}

/**
 * Writes a document of the service's schema as XML 1.0, in UTF-8 once encoded, elements in the schema's order.
 *
 * Characters that XML forbids are spelt out (`[U+0000]`) in texts that people read, and refused in texts that are
 * matched byte for byte, such as ids and addresses. Carriage returns travel as references, since a reader would
 * otherwise turn them into line feeds (XML 1.0, section 2.11).
 *
 * Writing does not replace checking (`validateReport`): this only refuses what it cannot write.
 *
 * @throws Unwritable where a value is not of its type, is unknown, or belongs to a later version of the schema
 */
export function serialise<Name extends DocumentName>(
  document: Name,
  value: DocumentValues[Name],
  version: SchemaVersion,
): string {
  const out: string[] = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  writeElement({ out, version, path: [], indent: "" }, document, DOCUMENTS[document], value);
  return out.join("");
}

interface Place {
  readonly out: string[];
  readonly version: SchemaVersion;
  readonly path: Path;
  readonly indent: string;
}

function writeElement(place: Place, name: string, type: AnyType, value: unknown): void {
  const { out, indent, path, version } = place;
  if (type.kind === "presence") {
    if (value !== true) throw new Unwritable(path, "is said by being there; leave it out to say no");
    out.push(`${indent}<${name}/>\n`);
    return;
  }
  if (type.kind !== "complex") {
    out.push(`${indent}<${name}>${escapeText(lexical(type, value, path))}</${name}>\n`);
    return;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Unwritable(path, "is not an object");
  const held = new Map<string, unknown>(Object.entries(value).filter(([, one]) => one !== undefined));
  const attributes = Object.entries(type.attributes)
    .filter(([key]) => held.has(key))
    .map(
      ([key, field]) =>
        ` ${key}="${attributeText(field, held.get(key), { ...place, path: [...path, key] })}"`,
    )
    .join("");
  checkNames(type, held, place);
  if (isSimpleContent(type.content)) {
    const body = escapeText(lexical(type.content, held.get("value"), [...path, "value"]));
    out.push(`${indent}<${name}${attributes}>${body}</${name}>\n`);
    return;
  }
  const children = Object.entries(type.elements).filter(([key]) => held.has(key));
  if (children.length === 0) {
    out.push(`${indent}<${name}${attributes}/>\n`);
    return;
  }
  out.push(`${indent}<${name}${attributes}>\n`);
  for (const [key, field] of children) {
    const at: Place = { out, version, path: [...path, key], indent: `${indent}  ` };
    refuseLater(field, at);
    const one = held.get(key);
    if (!field.many) writeElement(at, key, field.type, one);
    else if (!Array.isArray(one)) throw new Unwritable(at.path, "is not a list");
    else
      for (const [i, item] of one.entries())
        writeElement({ ...at, path: [...at.path, i] }, key, field.type, item);
  }
  out.push(`${indent}</${name}>\n`);
}

function checkNames(type: ComplexType, held: ReadonlyMap<string, unknown>, { path }: Place): void {
  for (const key of held.keys()) {
    const known =
      Object.hasOwn(type.elements, key) ||
      Object.hasOwn(type.attributes, key) ||
      (key === "value" && isSimpleContent(type.content));
    if (!known) throw new Unwritable([...path, key], "is not in the schema");
  }
}

function refuseLater(field: Field, { path, version }: Place): void {
  if (!isIn(version, field.since))
    throw new Unwritable(path, `belongs to version ${field.since} of the schema`);
}

function attributeText(field: Field, value: unknown, place: Place): string {
  refuseLater(field, place);
  if (field.type.kind === "complex") throw new Unwritable(place.path, "is no simple type");
  return escapeAttribute(lexical(field.type, value, place.path));
}

function lexical(type: SimpleType, value: unknown, path: Path): string {
  switch (type.kind) {
    case "boolean":
      if (typeof value === "boolean") return String(value);
      throw new Unwritable(path, "is neither true nor false");
    case "int":
    case "double":
      if (typeof value === "number" && Number.isFinite(value)) return String(value);
      throw new Unwritable(path, "is no number");
    case "presence":
      throw new Unwritable(path, "cannot stand here");
    default:
      if (typeof value !== "string") throw new Unwritable(path, "is no text");
      if (type.kind === "text" && !type.exact) return spellForbidden(value);
      if (countForbidden(value) > 0) throw new Unwritable(path, "holds characters that XML forbids");
      return value;
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};
const escapeOne = (character: string) => ESCAPES[character] ?? character;

/** `>` too, so that `]]>` cannot stand in a text (XML 1.0, section 2.4). */
function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, escapeOne);
}
function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, escapeOne);
}
