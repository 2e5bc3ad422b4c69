import { z } from "zod";
import { canonicalInstant } from "../domain/intake/instant.ts";
import { LIMITS } from "../domain/intake/limits.ts";
import { utf8Longer } from "../domain/intake/utf8Length.ts";

/**
 * The kinds of values that a flag is made of. Messages of formats are written here, next to the format; those of types
 * and sizes in server/intake/fieldProblems.ts.
 */

/**
 * An id or a name of the platform's, kept readable: no control, format or lone surrogate code point, since two that
 * look alike must be alike.
 */
const plain = (length: number) =>
  z
    .string()
    .min(1)
    .max(length)
    .regex(
      /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u,
      "Holds NUL, a control or invisible character, or a lone surrogate. Leave them out.",
    );

export const platformId = plain(LIMITS.idLength).meta({
  id: "PlatformId",
  description: "An id of the platform's: 1 to 200 characters, none of them control or invisible.",
  examples: ["p-1"],
});
export const label = plain(LIMITS.detectorLength);

/**
 * Text of the people in a thread. Any text that JSON can write, NUL and lone surrogates too: it is sealed as it came and
 * drawn as hostile text.
 */
export const content = (bytes: number) =>
  z
    .string()
    .max(bytes)
    .refine(
      (text) => !utf8Longer(text, bytes),
      `Is too long: at most ${bytes.toLocaleString("en")} bytes of UTF-8.`,
    );

/** An instant in RFC 3339 with an offset, to the microsecond at the finest, since that is what the database keeps. */
export const moment = z.iso
  .datetime({ offset: true, error: "Send an instant in RFC 3339, such as 2026-03-01T09:30:00Z." })
  .regex(
    /^[^.]+(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/,
    "Send at most six digits of fraction and an offset below 15 hours.",
  )
  .transform(canonicalInstant)
  .meta({ format: "date-time", examples: ["2026-03-01T09:30:00Z"] });

/** May be left out; left out and null mean the same. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null);

export const hexDigest = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9A-Fa-f]{${bytes * 2}}$`), `Send ${bytes * 2} hexadecimal digits.`)
    .toLowerCase();

export const mediaType = z
  .string()
  .max(127)
  .regex(
    /^[A-Za-z0-9][\w!#$&^.+-]*\/[A-Za-z0-9][\w!#$&^.+-]*$/,
    "Send a media type without parameters, such as image/jpeg.",
  );

export const printableAscii = (length: number) =>
  z
    .string()
    .max(length)
    .regex(/^[\x21-\x7e]+$/, "Send printable ASCII without spaces.");

export const country = z.string().regex(/^[A-Z]{2}$/, "Send two capital letters (ISO 3166-1 alpha-2).");
