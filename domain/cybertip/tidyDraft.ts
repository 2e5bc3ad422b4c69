/**
 * A draft without what says nothing: blank texts, `null`, `undefined`, lists and objects with nothing in them. Forms
 * leave such things behind, and an empty element would be sent as if somebody had meant it.
 *
 * What the schema requires though it may be empty (`victimPerson`, `reportingPerson`, `batchedReport`) stays, and so
 * does an alternative that was chosen and not yet filled in.
 */
export function tidyDraft<Draft extends object>(draft: Draft): Draft {
  return tidy(draft, "") as Draft;
}

const MAY_BE_EMPTY = /^(?:victimPerson|reportingPerson|batchedReport|internetDetails|.*Incident)$/;

function tidy(value: unknown, name: string): unknown {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (Array.isArray(value)) {
    const kept = value.map((one) => tidy(one, name)).filter((one) => one !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  if (value === null) return undefined;
  if (typeof value !== "object") return value;
  const kept = Object.entries(value)
    .map(([key, one]) => [key, tidy(one, key)] as const)
    .filter(([, one]) => one !== undefined);
  return kept.length > 0 || name === "" || MAY_BE_EMPTY.test(name) ? Object.fromEntries(kept) : undefined;
}
