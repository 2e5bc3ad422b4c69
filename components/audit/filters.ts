import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs";
import type { z } from "zod";
import { auditFilters } from "../../contracts/audit.ts";
import { AUDIT_ACTION_NAMES } from "../../domain/auditActions.ts";
import { PURPOSES } from "../../domain/vocabulary.ts";

/** The filters as they stand in the address of the page: ids, closed words and instants, under the API's own names. */
export const FILTER_PARSERS = {
  actor: parseAsString,
  subject: parseAsString,
  caseNumber: parseAsInteger,
  action: parseAsStringLiteral(AUDIT_ACTION_NAMES),
  outcome: parseAsStringLiteral(["done", "denied", "failed"] as const),
  purpose: parseAsStringLiteral(PURPOSES),
  from: parseAsString,
  until: parseAsString,
};

/** What the address says; null where it says nothing. */
export type FilterState = {
  [Name in keyof typeof FILTER_PARSERS]: ReturnType<(typeof FILTER_PARSERS)[Name]["parse"]>;
};

export const NO_FILTERS: FilterState = {
  actor: null,
  subject: null,
  caseNumber: null,
  action: null,
  outcome: null,
  purpose: null,
  from: null,
  until: null,
};

export type KnownFilters = Omit<z.output<typeof auditFilters>, "case">;

/** The filters that the API knows. A value somebody mistyped into the address is left out. */
export function knownFilters(state: FilterState): KnownFilters {
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(state)) {
    if (value === null) continue;
    const field = auditFilters.shape[name as keyof typeof auditFilters.shape];
    if (field?.safeParse(value).success) known[name] = value;
  }
  return known as KnownFilters;
}

/** The filters as the query string of a call. */
export function filterQuery(filters: object): URLSearchParams {
  const entries = Object.entries(filters).filter(([, value]) => value !== null && value !== undefined);
  return new URLSearchParams(entries.map(([name, value]): [string, string] => [name, String(value)]));
}

const HOUR_MS = 3_600_000;

/** Spans of time that officers ask for again and again. */
export const SPANS = [
  { hours: 1, label: "Last hour" },
  { hours: 24, label: "Last 24 hours" },
  { hours: 24 * 7, label: "Last 7 days" },
  { hours: 24 * 30, label: "Last 30 days" },
] as const;

/** The instant from which a span reaches until now, to the minute, so that asking twice asks the same. */
export function spanStart(hours: number, now: number): string {
  return new Date(Math.floor(now / 60_000) * 60_000 - hours * HOUR_MS).toISOString();
}

/** `2026-03-04T15:06`, as a field for date and time takes it; in UTC, as everything on the page. */
export function toField(instant: string | null): string {
  const at = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(at) ? "" : new Date(at).toISOString().slice(0, 16);
}

/** The instant that a field for date and time says, read as UTC; null when it is empty or no date. */
export function fromField(value: string): string | null {
  const at = Date.parse(`${value}Z`);
  return value === "" || Number.isNaN(at) ? null : new Date(at).toISOString();
}
