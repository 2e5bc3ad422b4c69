/** A check that a value is of the kind its field is for. Whatever fails is dropped, never shortened or escaped. */
type Check = (value: unknown) => boolean;

const text =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === "string" && pattern.test(value);
const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
const id = text(/^[0-9A-Za-z][0-9A-Za-z_.-]{0,63}$/);
const word = text(/^[a-z][a-z0-9_-]{0,59}$/);

/**
 * The fields that a log line may have, each with the form its values must take. None can carry prose: ids, words of
 * ours, numbers. To log something new, add it here and say what it is.
 */
export const FIELDS = {
  /** Of the request being served. */
  requestId: id,
  method: text(/^[A-Z]{3,7}$/),
  /** Path of the route, never with a query. */
  route: text(/^\/[\w/[\]().-]{0,199}$/),
  status: number,
  /** Duration in milliseconds. */
  ms: number,
  staffId: id,
  platformId: id,
  caseId: id,
  queueId: id,
  viewId: id,
  grantId: id,
  /** A word of ours for a cause, as in a problem's `code`. */
  code: text(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/),
  /** Name of a job, and which time it runs. */
  job: word,
  attempt: number,
  count: number,
  refused: number,
  /** Part of the product, or database role. */
  part: word,
  host: text(/^[0-9A-Za-z.:-]{1,253}$/),
  port: number,
  pid: number,
  signal: text(/^SIG[A-Z0-9]{2,10}$/),
} as const satisfies Record<string, Check>;

/** What a caller may hand to a log line, beside an error. */
export type LogFields = { readonly [Name in keyof typeof FIELDS]?: string | number | null | undefined };

/** Keeps the fields that are on the list and of the right form. */
export function allowed(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(FIELDS)) {
    if (Object.hasOwn(fields, name) && check(fields[name])) kept[name] = fields[name];
  }
  return kept;
}
