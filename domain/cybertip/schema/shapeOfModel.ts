import { DOCUMENTS } from "../model/documents.ts";
import type { AnyType, ComplexType, Field, SimpleType } from "../model/kinds.ts";
import { isIn, type SchemaVersion } from "../model/versions.ts";
import { isSimpleContent } from "../walkModel.ts";
import type { Shape, Slot } from "./shape.ts";

/** The model, laid flat as a version of the schema has it. */
export function shapeOfModel(version: SchemaVersion): Shape {
  const shape = new Map<string, Slot>();
  for (const [name, type] of Object.entries(DOCUMENTS)) addType(shape, version, name, "1..1", type);
  return shape;
}

function addType(
  shape: Map<string, Slot>,
  version: SchemaVersion,
  path: string,
  often: string,
  type: AnyType,
): void {
  if (type.kind !== "complex") {
    shape.set(path, { often, ...simple(type) });
    return;
  }
  const body = isSimpleContent(type.content)
    ? simple(type.content)
    : { type: order(type, version), values: null };
  shape.set(path, { often, ...body });
  for (const [name, field] of here(type.attributes, version))
    if (field.type.kind !== "complex")
      shape.set(`${path}/@${name}`, { often: `${field.min}..1`, ...simple(field.type) });
  for (const [name, field] of here(type.elements, version))
    addType(shape, version, `${path}/${name}`, `${field.min}..${field.many ? "n" : "1"}`, field.type);
}

function here(fields: ComplexType["elements"], version: SchemaVersion): [string, Field][] {
  return Object.entries(fields).filter(([, field]) => isIn(version, field.since));
}

/** What stands inside, in order; alternatives in brackets. */
function order(type: ComplexType, version: SchemaVersion): string {
  const fields = here(type.elements, version);
  const names = fields.map(([name]) => name);
  if (type.content === "all") return `all(${names.sort().join()})`;
  if (type.content === "choice") return `(${names.join("|")})`;
  const parts: string[] = [];
  let mark: string | undefined;
  for (const [name, { exclusive }] of fields) {
    const last = parts.at(-1);
    if (exclusive !== undefined && exclusive === mark && last !== undefined)
      parts[parts.length - 1] = `${last.slice(0, -1)}|${name})`;
    else parts.push(exclusive === undefined ? name : `(${name})`);
    mark = exclusive;
  }
  return `sequence(${parts.join()})`;
}

function simple(type: SimpleType): Omit<Slot, "often"> {
  switch (type.kind) {
    case "text":
      return { type: type.pattern === null ? type.base : `${type.base} ${type.pattern}`, values: null };
    case "enumeration":
      return { type: "string", values: [...type.values].sort() };
    case "presence":
      return { type: "boolean fixed true", values: null };
    default:
      return { type: type.kind, values: null };
  }
}
