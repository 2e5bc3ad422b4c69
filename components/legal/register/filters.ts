import { parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs";
import { isId } from "../../../contracts/isId.ts";
import { REQUEST_STATES, REQUEST_TYPES } from "../../../domain/legal/vocabulary.ts";
import type { RegisterFilter } from "../api.ts";

export const STATE_CHOICES = ["open", "all", ...REQUEST_STATES] as const;

/** The filters as they stand in the address of the page: closed words, a reference and an id. Nobody's account. */
export const FILTER_PARSERS = {
  state: parseAsStringLiteral(STATE_CHOICES).withDefault("open"),
  type: parseAsStringLiteral(REQUEST_TYPES),
  overdue: parseAsBoolean.withDefault(false),
  mine: parseAsBoolean.withDefault(false),
  emergency: parseAsBoolean.withDefault(false),
  agency: parseAsString,
  q: parseAsString.withDefault(""),
};

export type FilterState = {
  state: (typeof STATE_CHOICES)[number];
  type: (typeof REQUEST_TYPES)[number] | null;
  overdue: boolean;
  mine: boolean;
  emergency: boolean;
  agency: string | null;
  q: string;
};

export const NO_FILTERS: FilterState = {
  state: "open",
  type: null,
  overdue: false,
  mine: false,
  emergency: false,
  agency: null,
  q: "",
};

/** The filters as the API knows them. What somebody mistyped into the address is left out. */
export function toQuery({ state, type, overdue, mine, emergency, agency, q }: FilterState): RegisterFilter {
  const reference = q.trim().slice(0, 200);
  return {
    ...(state !== "all" && { state }),
    ...(type && { type }),
    ...(overdue && { overdue: "true" as const }),
    ...(mine && { mine: "true" as const }),
    ...(emergency && { emergency: "true" as const }),
    ...(agency && isId(agency) && { agency }),
    ...(reference && { q: reference }),
  };
}

/** Whether anything but the usual is asked for. */
export const isFiltered = (filters: FilterState): boolean =>
  JSON.stringify(filters) !== JSON.stringify(NO_FILTERS);
