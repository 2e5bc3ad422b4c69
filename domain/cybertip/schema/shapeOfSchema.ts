import type { XmlElement } from "@rgrove/parse-xml";
import { DOCUMENTS } from "../model/documents.ts";
import { parseXml } from "../parseXml.ts";
import type { Shape, Slot } from "./shape.ts";

const MOST = 4 * 1024 * 1024;
const DEEPEST = 24;

/**
 * An XML Schema document, laid flat, as far as the service's schema goes: sequences, choices, `all`, references, named
 * and nameless types, extensions of simple types, enumerations, patterns, attributes.
 *
 * @returns null for what is no such document
 */
export function shapeOfSchema(xsd: string): Shape | null {
  const parsed = parseXml(xsd, MOST);
  if (parsed.kind !== "parsed" || local(parsed.root.name) !== "schema") return null;
  const reading: Reading = { shape: new Map(), named: new Map() };
  for (const part of parts(parsed.root))
    reading.named.set(`${local(part.name)} ${part.attributes.name}`, part);
  for (const name of Object.keys(DOCUMENTS)) {
    const element = reading.named.get(`element ${name}`);
    if (element) addElement(reading, element, name, "1..1", 0);
  }
  return reading.shape.size > 0 ? reading.shape : null;
}

interface Reading {
  readonly shape: Map<string, Slot>;
  readonly named: Map<string, XmlElement>;
}

const local = (name: string) => name.slice(name.indexOf(":") + 1);
const parts = (element: XmlElement) =>
  element.children.filter((child): child is XmlElement => child.type === "element");
const part = (element: XmlElement, name: string) => parts(element).find((one) => local(one.name) === name);

function addElement(reading: Reading, element: XmlElement, path: string, often: string, depth: number): void {
  if (depth > DEEPEST) return;
  const fixed = element.attributes.fixed;
  const type = typeOf(reading, element);
  if (typeof type === "string") {
    reading.shape.set(path, { often, type: fixed ? `${type} fixed ${fixed}` : type, values: null });
    return;
  }
  if (local(type.name) === "simpleType") {
    reading.shape.set(path, { often, ...simple(type) });
    return;
  }
  addComplex(reading, type, path, often, depth);
}

/** A built-in type's name, or the definition. */
function typeOf(reading: Reading, element: XmlElement): string | XmlElement {
  const name = element.attributes.type;
  if (name === undefined) return part(element, "complexType") ?? part(element, "simpleType") ?? "anything";
  return named(reading, name);
}

function named(reading: Reading, name: string): string | XmlElement {
  return reading.named.get(`complexType ${name}`) ?? reading.named.get(`simpleType ${name}`) ?? local(name);
}

function addComplex(reading: Reading, type: XmlElement, path: string, often: string, depth: number): void {
  const extension = parts(type)
    .filter((one) => local(one.name) === "simpleContent")
    .map((one) => part(one, "extension"))[0];
  if (extension) {
    const base = named(reading, extension.attributes.base ?? "");
    reading.shape.set(
      path,
      typeof base === "string" ? { often, type: base, values: null } : { often, ...simple(base) },
    );
  } else {
    const group = parts(type).find((one) => ["sequence", "all", "choice"].includes(local(one.name)));
    reading.shape.set(path, { often, type: group ? order(group) : "sequence()", values: null });
    if (group) addGroup(reading, group, path, depth);
  }
  for (const attribute of parts(extension ?? type).filter((one) => local(one.name) === "attribute")) {
    const kind = typeOf(reading, attribute);
    const slot = typeof kind === "string" ? { type: kind, values: null } : simple(kind);
    const min = attribute.attributes.use === "required" ? 1 : 0;
    reading.shape.set(`${path}/@${attribute.attributes.name}`, { often: `${min}..1`, ...slot });
  }
}

function addGroup(reading: Reading, group: XmlElement, path: string, depth: number): void {
  for (const one of parts(group)) {
    if (local(one.name) === "element") {
      const name = nameOf(one);
      const { minOccurs = "1", maxOccurs = "1" } = one.attributes;
      const often = `${minOccurs}..${maxOccurs === "unbounded" ? "n" : maxOccurs}`;
      const meant = one.attributes.ref === undefined ? one : (reading.named.get(`element ${name}`) ?? one);
      addElement(reading, meant, `${path}/${name}`, often, depth + 1);
    } else if (["sequence", "choice", "all"].includes(local(one.name))) addGroup(reading, one, path, depth);
  }
}

const nameOf = (element: XmlElement) => local(element.attributes.ref ?? element.attributes.name ?? "");

function order(group: XmlElement): string {
  const names = parts(group)
    .filter((one) => ["element", "sequence", "choice", "all"].includes(local(one.name)))
    .map((one) => (local(one.name) === "element" ? nameOf(one) : order(one)));
  if (local(group.name) === "choice") return `(${names.join("|")})`;
  if (local(group.name) === "all") return `all(${names.sort().join()})`;
  return `sequence(${names.join()})`;
}

function simple(type: XmlElement): Omit<Slot, "often"> {
  const restriction = part(type, "restriction");
  if (!restriction) return { type: "anything", values: null };
  const of = (name: string) =>
    parts(restriction)
      .filter((one) => local(one.name) === name)
      .map((one) => one.attributes.value ?? "");
  const values = of("enumeration");
  const [pattern] = of("pattern");
  const base = local(restriction.attributes.base ?? "string");
  return {
    type: pattern === undefined ? base : `${base} ${pattern}`,
    values: values.length > 0 ? values.sort() : null,
  };
}
