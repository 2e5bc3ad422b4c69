/**
 * What the platforms' door says when it refuses: code, status (RFC 9110) and what to do, in words that repeat nothing of
 * what was sent. The API's document lists them from here.
 */
export type IntakeDenial = { readonly status: number; readonly title: string; readonly detail: string };

const KEY = "Send `Authorization: Bearer uns_…` with a key that the console's operator gave you.";

export const INTAKE_PROBLEMS = {
  "key-missing": { status: 401, title: "No key was sent", detail: KEY },
  "key-unknown": { status: 401, title: "The key is not known", detail: KEY },
  "key-revoked": {
    status: 401,
    title: "The key was revoked",
    detail: "Use the key that replaced it, or ask the console's operator for one.",
  },
  "key-expired": {
    status: 401,
    title: "The key has expired",
    detail: "Use the key that replaced it, or ask the console's operator for one.",
  },
  "scope-missing": {
    status: 403,
    title: "The key may not do this",
    detail:
      "It lacks the scope of this call (flags:write, erasures:write or notices:read; WWW-Authenticate names it). Ask the console's operator for a key that has it.",
  },
  "too-many-refused-keys": {
    status: 429,
    title: "Too many refused keys from this address",
    detail: "Wait as long as Retry-After says, then send a key that is valid.",
  },
  "too-many-requests": {
    status: 429,
    title: "Too many requests with this key",
    detail: "Wait as long as Retry-After says. Many flags travel best in one NDJSON stream.",
  },
  "too-many-streams": {
    status: 429,
    title: "Too many streams with this key at once",
    detail: "Let one of them end, then try again.",
  },
  "wrong-content-type": {
    status: 415,
    title: "The content type is not taken",
    detail: "Send application/json (one flag) or application/x-ndjson (one flag a line), in UTF-8.",
  },
  "wrong-encoding": {
    status: 415,
    title: "The content encoding is not taken",
    detail: "Send the body as it is, or with Content-Encoding: gzip.",
  },
  "body-missing": { status: 400, title: "There is no body", detail: "Send one flag as JSON." },
  "not-utf8": {
    status: 400,
    title: "This is not UTF-8",
    detail: "Encode JSON as UTF-8 (RFC 8259 §8.1). Code points that UTF-8 cannot carry go as \\u escapes.",
  },
  "not-json": { status: 400, title: "This is not JSON", detail: "Send one JSON object (RFC 8259)." },
  "too-deep": {
    status: 400,
    title: "The JSON nests too deep",
    detail: "A flag nests 7 levels; at most 16 are read.",
  },
  "too-large": {
    status: 413,
    title: "The flag is too large",
    detail:
      "A flag may take 8 MiB as JSON. Send fewer messages around what was flagged; more can follow with a later flag.",
  },
  "gzip-broken": {
    status: 400,
    title: "The gzip data is damaged",
    detail: "Compress the body anew and send it again.",
  },
  "gzip-truncated": {
    status: 400,
    title: "The gzip data ends too early",
    detail:
      "Send the body again, whole. Lines that were answered with 201 need not be sent again, but may be.",
  },
  "gzip-bomb": {
    status: 400,
    title: "The gzip data expands too far",
    detail: "More than 300 times its size is no list of flags. Send it in parts, or uncompressed.",
  },
  "bad-flag": {
    status: 422,
    title: "The flag does not fit the contract",
    detail: "Mend the fields that `errors` names (JSON pointers, RFC 6901) and send the flag again.",
  },
  "flag-id-reused": {
    status: 409,
    title: "This flag id was used for another flag",
    detail: "Nothing was changed. Give each flag an id of its own; repeat a flag with the content it had.",
  },
  "thread-differs": {
    status: 409,
    title: "The thread was delivered before with another kind or region",
    detail: "A thread keeps the kind and region of its first delivery. Nothing was changed.",
  },
  "no-queue": {
    status: 503,
    title: "No queue takes this category and region",
    detail: "The console's operator must route it to a queue. Send the flag again later; nothing was stored.",
  },
  stalled: {
    status: 408,
    title: "The stream stood still",
    detail:
      "Nothing came, or nothing of the answer was read, for a minute. Read results while you send, or ask for fewer with `Prefer: return=minimal`. Send what was not answered again.",
  },
  "stream-broken": {
    status: 400,
    title: "The stream broke off",
    detail: "Send what was not answered again. What was answered with 201 is safe.",
  },
  unavailable: {
    status: 503,
    title: "Intake is not available just now",
    detail: "Nothing of this was stored. Send it again after a while; a repeat is harmless.",
  },
  "not-served": {
    status: 404,
    title: "Intake is not served here",
    detail: "Ask the console's operator for the address of intake.",
  },
  failure: {
    status: 500,
    title: "Something failed on our side",
    detail:
      "Nothing of this was stored. Send it again later; if it stays so, tell the operator the request id.",
  },
} as const satisfies Record<string, IntakeDenial>;

/** What the same door says to calls about erasures and notices, beside what it says to all. */
export const LEGAL_DOOR_PROBLEMS = {
  "bad-erasure": {
    status: 422,
    title: "The erasure does not fit the contract",
    detail: "Mend the fields that `errors` names (JSON pointers, RFC 6901) and send it again.",
  },
  "erasure-id-reused": {
    status: 409,
    title: "This erasure id was used for another account or thread",
    detail: "Nothing was changed. Give each erasure an id of its own.",
  },
  "erasure-unknown": {
    status: 404,
    title: "There is no erasure with this id",
    detail: "Give the id that you sent it with, by the key of the same platform.",
  },
  "notice-unknown": {
    status: 404,
    title: "There is no such notice for you",
    detail: "Acknowledge with an id that you were handed by GET /api/intake/v1/notices.",
  },
  "notice-text-differs": {
    status: 409,
    title: "That is not the text that you were handed",
    detail: "Deliver the text word for word, and acknowledge with its SHA-256 as it was handed to you.",
  },
  "notice-time": {
    status: 422,
    title: "It cannot have been delivered then",
    detail: "Give the moment of the delivery: after you were handed it, and not in the future.",
  },
  "bad-acknowledgement": {
    status: 422,
    title: "The acknowledgement does not fit the contract",
    detail: "Mend the fields that `errors` names (JSON pointers, RFC 6901) and send it again.",
  },
} as const satisfies Record<string, IntakeDenial>;

export const DOOR_PROBLEMS = { ...INTAKE_PROBLEMS, ...LEGAL_DOOR_PROBLEMS };
export type IntakeCode = keyof typeof DOOR_PROBLEMS;
