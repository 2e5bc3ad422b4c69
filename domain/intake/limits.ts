/** What one delivery may hold. Each is told in the API's document and refused by name when passed. */
export const LIMITS = {
  /** Bytes of one flag as JSON: a line of a stream, or a request of one flag, after decompression. */
  flagBytes: 8 * 1024 * 1024,
  messages: 2_000,
  participants: 1_000,
  /** Of one message. */
  attachments: 20,
  flaggedMessages: 2_000,
  /** UTF-8 bytes. A lone surrogate counts as three. */
  bodyBytes: 64 * 1024,
  wordsBytes: 16 * 1024,
  nameBytes: 2 * 1024,
  locationBytes: 4 * 1024,
  /** UTF-16 code units. */
  idLength: 200,
  detectorLength: 120,
  /** Nested objects and arrays. The contract itself needs 7. */
  depth: 16,
  /** Problems told about one flag; more are counted. */
  problems: 50,
  /** Milliseconds since the epoch: 1990-01-01. Older than any message that a platform can mean. */
  earliest: Date.UTC(1990, 0, 1),
  /** How far a platform's clock may run ahead. */
  futureMs: 24 * 60 * 60 * 1000,
  /** A stream that expands further than this, past the first bytes, is a bomb and no text. */
  expansion: 300,
  expansionFreeBytes: 32 * 1024 * 1024,
} as const;
