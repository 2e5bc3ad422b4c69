/** Keys of an event's detail that a SIEM is told. What is not here stays in the log. */
const KEYS = new Set([
  "action",
  "afterLoss",
  "approver",
  "category",
  "clearances",
  "code",
  "codes",
  "count",
  "detector",
  "entry",
  "event",
  "failures",
  "finding",
  "first",
  "firstIndex",
  "format",
  "from",
  "keyId",
  "kind",
  "last",
  "lastIndex",
  "level",
  "member",
  "messages",
  "needs",
  "notice",
  "oldKeyId",
  "oldKeyUntil",
  "outcome",
  "ownerId",
  "page",
  "platformId",
  "preset",
  "problem",
  "regions",
  "request",
  "resumed",
  "reviewId",
  "rewrapped",
  "roles",
  "scope",
  "sessions",
  "severity",
  "signalId",
  "since",
  "sink",
  "strict",
  "until",
  "version",
]);

/** Ids, words of ours and instants: none of them can carry a sentence. */
const WORD =
  /^(?:[a-z][a-z0-9_.-]{0,63}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]{8,15}Z)$/;

type Fact = string | number | boolean;
const isFact = (value: unknown): value is Fact =>
  typeof value === "boolean" ||
  (typeof value === "number" && Number.isFinite(value)) ||
  (typeof value === "string" && WORD.test(value));

/**
 * What of an event's detail may leave: known keys, and of their values only ids, words of ours, numbers, instants, short
 * lists of these and counts by word. Everything else is dropped, never shortened.
 */
export function factsOf(detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(detail)) {
    if (!KEYS.has(key)) continue;
    if (isFact(value)) kept[key] = value;
    else if (Array.isArray(value) && value.length <= 50 && value.every(isFact)) kept[key] = value;
    else if (key === "codes" && isCounts(value)) kept[key] = value;
  }
  return kept;
}

function isCounts(value: unknown): value is Record<string, number> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(([word, count]) => WORD.test(word) && Number.isSafeInteger(count))
  );
}
