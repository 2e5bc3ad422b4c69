import { DOCUMENTS } from "../model/documents.ts";
import type { AnyType, ComplexType, EnumerationType, Field, SimpleType, TextType } from "../model/kinds.ts";
import { isIn, type SchemaVersion } from "../model/versions.ts";
import { isSimpleContent } from "../walkModel.ts";

/**
 * The model as an XML Schema document: what it says about structure, cardinality, types, values and patterns. The
 * local service answers with it, and tests hold it against the service's own.
 */
export function writeSchema(version: SchemaVersion): string {
  const writing: Writing = { version, types: new Map() };
  const roots = Object.entries(DOCUMENTS).map(
    ([name, type]) => `<xs:element name="${name}">${complexBody(writing, type)}</xs:element>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">',
    ...roots,
    ...writing.types.values(),
    "</xs:schema>",
    "",
  ].join("\n");
}

interface Writing {
  readonly version: SchemaVersion;
  /** Types that are used by name. */
  readonly types: Map<string, string>;
}

function here(writing: Writing, fields: ComplexType["elements"]): [string, Field][] {
  return Object.entries(fields).filter(([, field]) => isIn(writing.version, field.since));
}

function complexBody(writing: Writing, type: ComplexType): string {
  const attributes = here(writing, type.attributes)
    .map(([name, field]) => {
      const use = field.min === 1 ? ' use="required"' : "";
      return `<xs:attribute name="${name}" type="${typeName(writing, field.type)}"${use}/>`;
    })
    .join("");
  if (isSimpleContent(type.content)) {
    const base = typeName(writing, type.content);
    return `<xs:complexType><xs:simpleContent><xs:extension base="${base}">${attributes}</xs:extension></xs:simpleContent></xs:complexType>`;
  }
  return `<xs:complexType>${type.content === "empty" ? "" : group(writing, type, type.content)}${attributes}</xs:complexType>`;
}

function group(writing: Writing, type: ComplexType, kind: string): string {
  let inside = "";
  let mark: string | undefined;
  for (const [name, field] of here(writing, type.elements)) {
    if (mark !== undefined && field.exclusive !== mark) inside += "</xs:choice>";
    if (field.exclusive !== undefined && field.exclusive !== mark) inside += "<xs:choice>";
    mark = field.exclusive;
    inside += element(writing, name, field);
  }
  return `<xs:${kind}>${inside}${mark === undefined ? "" : "</xs:choice>"}</xs:${kind}>`;
}

function element(writing: Writing, name: string, { type, min, many }: Field): string {
  const often = `${min === 0 ? ' minOccurs="0"' : ""}${many ? ' maxOccurs="unbounded"' : ""}`;
  if (type.kind === "presence") return `<xs:element name="${name}"${often} type="xs:boolean" fixed="true"/>`;
  return `<xs:element name="${name}"${often} type="${typeName(writing, type)}"/>`;
}

function typeName(writing: Writing, type: AnyType): string {
  if (type.kind === "complex") {
    const name = `${type.name}.record`;
    if (!writing.types.has(name)) {
      writing.types.set(name, "");
      writing.types.set(name, complexBody(writing, type).replace(">", ` name="${name}">`));
    }
    return name;
  }
  if (type.kind === "enumeration") return enumerationName(writing, type);
  if (type.kind === "text" && type.pattern !== null) return patternName(writing, type, type.pattern);
  return builtIn(type);
}

function enumerationName(writing: Writing, type: EnumerationType<string>): string {
  const values = type.values.map((value) => `<xs:enumeration value="${value}"/>`).join("");
  writing.types.set(
    type.name,
    `<xs:simpleType name="${type.name}"><xs:restriction base="xs:string">${values}</xs:restriction></xs:simpleType>`,
  );
  return type.name;
}

function patternName(writing: Writing, type: TextType, pattern: string): string {
  const name = `pattern${[...writing.types.keys()].filter((one) => one.startsWith("pattern")).length + 1}`;
  const known = [...writing.types].find(([, one]) => one.includes(`<xs:pattern value="${pattern}"/>`));
  if (known) return known[0];
  writing.types.set(
    name,
    `<xs:simpleType name="${name}"><xs:restriction base="xs:${type.base}"><xs:pattern value="${pattern}"/></xs:restriction></xs:simpleType>`,
  );
  return name;
}

function builtIn(type: SimpleType): string {
  if (type.kind === "text") return `xs:${type.base}`;
  return `xs:${type.kind === "presence" ? "boolean" : type.kind}`;
}
