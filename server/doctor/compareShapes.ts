import type { Finding } from "./finding.ts";
import type { Shape } from "./shapeOf.ts";

const RESTORE =
  "Find out who did it, then restore it: `unseal migrate --again` writes functions, policies and grants anew.";

/**
 * Compares a database with what it should look like.
 *
 * @returns one finding for each object that is changed, missing, or not ours
 */
export function compareShapes(reference: Shape, actual: Shape): Finding[] {
  const findings: Finding[] = [];
  const add = (change: "changed" | "missing" | "added", object: string) => {
    const kind = (/^(event trigger|key check|\S+)/.exec(object)?.[1] ?? "object").replace(" ", "-");
    const told = {
      changed: "It is not as this version of Unseal makes it.",
      missing: "It is gone.",
      added: "It is none of ours: it can see or change what our rules guard.",
    }[change];
    findings.push({ check: "shape", code: `${kind}-${change}`, where: object, what: `${told} ${RESTORE}` });
  };
  for (const [object, digest] of reference) {
    const found = actual.get(object);
    if (found === undefined) add("missing", object);
    else if (found !== digest) add("changed", object);
  }
  for (const object of actual.keys()) if (!reference.has(object)) add("added", object);
  return findings;
}
