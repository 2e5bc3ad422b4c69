/** What is asked and by whom, as the database writes it for comparing (`legal.asked_facts`). */
export interface AskedFacts {
  readonly [fact: string]: string | boolean | null | readonly string[];
}

const fold = (value: AskedFacts[string]): string =>
  typeof value === "string"
    ? value.normalize("NFKC").trim().replaceAll(/\s+/g, " ").toLowerCase()
    : JSON.stringify(Array.isArray(value) ? [...value].sort() : value);

/**
 * In what two requests differ that may be one and the same: names of facts, in their order. Letters' case and white space are
 * no difference; one digit of an account or a date is.
 */
export function differences(one: AskedFacts, other: AskedFacts): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (fact) => fold(one[fact] ?? null) !== fold(other[fact] ?? null),
  );
}
