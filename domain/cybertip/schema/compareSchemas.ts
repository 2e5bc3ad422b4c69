import { SCHEMA_VERSIONS, type SchemaVersion } from "../model/versions.ts";
import type { Shape, Slot } from "./shape.ts";
import { shapeOfModel } from "./shapeOfModel.ts";
import { shapeOfSchema } from "./shapeOfSchema.ts";

export interface Difference {
  /** `report/incidentSummary/reportAnnotations/informational`, attributes with `@`. */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  /** In plain words, from the model's side. */
  readonly says: string;
}

export type SchemaComparison =
  | { readonly kind: "unreadable" }
  | {
      readonly kind: "compared";
      /** The newest version of the model that the schema is, element by element; null when it is none. */
      readonly fits: SchemaVersion | null;
      /** What the schema has otherwise than the version in use. */
      readonly differences: readonly Difference[];
      /** Whether a document that fits the version in use may be refused under the schema. */
      readonly breaks: boolean;
    };

/**
 * Compares the schema that the service gave (`GET /xsd`) with the model, so that an operator knows what has moved on
 * and whether what we send still fits.
 *
 * @param version the version of the model in use
 */
export function compareWithModel(xsd: string, version: SchemaVersion): SchemaComparison {
  const theirs = shapeOfSchema(xsd);
  if (!theirs) return { kind: "unreadable" };
  const fits =
    SCHEMA_VERSIONS.findLast((one) => differencesOf(shapeOfModel(one), theirs).length === 0) ?? null;
  const ours = shapeOfModel(version);
  const differences = differencesOf(ours, theirs);
  return {
    kind: "compared",
    fits,
    differences,
    breaks: differences.some((one) => breaks(one, ours, theirs)),
  };
}

/** What `theirs` has otherwise than `ours`, in the order of ours, additions last. */
export function differencesOf(ours: Shape, theirs: Shape): Difference[] {
  const found: Difference[] = [];
  for (const [path, slot] of ours) {
    const other = theirs.get(path);
    // What lies inside something that is gone needs no line of its own.
    if (!other) {
      if (theirs.has(parentOf(path)) || !path.includes("/"))
        found.push({ path, kind: "removed", says: "The service no longer has it." });
    } else for (const says of changes(slot, other)) found.push({ path, kind: "changed", says });
  }
  for (const path of theirs.keys())
    if (!ours.has(path) && ours.has(parentOf(path)))
      found.push({ path, kind: "added", says: "The service has it now; this version does not send it." });
  return found;
}

const parentOf = (path: string) => path.slice(0, path.lastIndexOf("/"));

function changes(ours: Slot, theirs: Slot): string[] {
  const says: string[] = [];
  if (ours.often !== theirs.often) says.push(`It may be there ${theirs.often} times, not ${ours.often}.`);
  if (ours.type !== theirs.type) says.push("What it holds, or the order of it, is another.");
  if ((ours.values === null) !== (theirs.values === null)) says.push("Which values it takes is another.");
  const [mine, other] = [ours.values ?? [], theirs.values ?? []];
  const gone = mine.filter((one) => !other.includes(one));
  const come = other.filter((one) => !mine.includes(one));
  if (gone.length > 0) says.push(`It no longer takes: ${gone.join(", ")}.`);
  if (come.length > 0) says.push(`It also takes: ${come.join(", ")}.`);
  return says;
}

/** An addition that may be left out, and a further value, hurt nobody. */
function breaks(difference: Difference, ours: Shape, theirs: Shape): boolean {
  const slot = theirs.get(difference.path);
  if (difference.kind === "added") return slot?.often.startsWith("1") ?? false;
  if (difference.kind === "removed" || !slot) return true;
  const mine = ours.get(difference.path);
  if (!mine) return true;
  const narrower = mine.often !== slot.often && !widens(mine.often, slot.often);
  const values =
    slot.values !== null && (mine.values === null || mine.values.some((one) => !slot.values?.includes(one)));
  return narrower || values || reordered(mine.type, slot.type);
}

function widens(mine: string, theirs: string): boolean {
  const [min = "", max = ""] = mine.split("..");
  const [otherMin = "", otherMax = ""] = theirs.split("..");
  return otherMin <= min && (otherMax === "n" || otherMax === max);
}

/** Whether what both hold stands in another order, or the type itself is another. */
function reordered(mine: string, theirs: string): boolean {
  if (!mine.includes("(") || !theirs.includes("(")) return mine !== theirs;
  const names = (type: string) => type.slice(type.indexOf("(")).match(/[\w]+/g) ?? [];
  const kind = (type: string) => type.slice(0, type.indexOf("("));
  const known = new Set(names(mine));
  return (
    kind(mine) !== kind(theirs) ||
    names(theirs)
      .filter((one) => known.has(one))
      .join() !== names(mine).join()
  );
}
