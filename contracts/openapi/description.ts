import { LIMITS } from "../../domain/intake/limits.ts";

const MIB = 1024 * 1024;
const count = (n: number) => n.toLocaleString("en");

/** The prose of the document, in CommonMark. */
export const description = `Platforms send **flags** here: signals that something in a thread of direct messages should be looked at, each with the thread around it. A flag opens a case in a queue, or joins the open case of its thread.

## Sealed on arrival

Bodies, the reporter's words, handles, display names and the locations of files are encrypted before they touch a disk. What was sent cannot be read back through this API. Files are sent as pointers, never as bytes.

## One flag, or a stream

\`application/json\` carries one flag and is answered with its receipt. \`application/x-ndjson\` carries one flag a line, as many as you like: each line is answered with a line as soon as it is settled, in order, and the last line is a summary. Read the answer while you send. Where that is not possible, send \`Prefer: return=minimal\`: then only refused lines and the summary are answered. An answer without a summary means that the connection broke.

A line that is refused does not stop the others. A flag is taken in whole or not at all.

## Repeats are harmless

A flag is known by its id. Sent again with the same content it is answered with the same status and body, marked by the header \`Unseal-Replayed: true\`, and changes nothing, also when both arrive at once. When an answer did not reach you, send again. The same id with other content is refused (\`flag-id-reused\`).

A further flag on the same thread joins the open case and raises its priority; messages that are new are added, an edited message becomes a further revision, and those that are known are passed over. Where the last case of the thread has been decided, a new case is opened that cites it.

## Errors

Errors are problem details (RFC 9457) with a stable \`code\`; \`errors\` names each wrong field by its JSON pointer (RFC 6901). At most ${LIMITS.problems} are listed, the rest is counted. An error never repeats a value that was sent.

## Limits

- A flag takes at most ${LIMITS.flagBytes / MIB} MiB as JSON and nests at most ${LIMITS.depth} levels. A stream may be of any length.
- A thread is delivered with at most ${count(LIMITS.messages)} messages and ${count(LIMITS.participants)} participants at a time; a message has at most ${LIMITS.attachments} attachments.
- A body takes at most ${count(LIMITS.bodyBytes)} bytes of UTF-8, the reporter's words ${count(LIMITS.wordsBytes)}, a handle or display name ${count(LIMITS.nameBytes)}, a location ${count(LIMITS.locationBytes)}. Any code point is kept exactly, NUL and lone surrogates (as \`\\u\` escapes) too.
- Ids have at most ${LIMITS.idLength} characters, none of them control, format or surrogate code points.
- Instants lie between 1990 and 24 hours from now.
- JSON is UTF-8. A name that stands twice in one object, and a field that is not in the contract, are refused.
- \`Content-Encoding: gzip\` is taken. Data that expand more than ${LIMITS.expansion} times are refused.
- A key may open 8 streams at once and make 500 requests a second on average. A stream on which nothing moves for a minute is ended.
`;
