/** The outer layer of an RSMF file: a mail (RFC 5322, RFC 2045 to 2047) of nothing but seven-bit characters and CRLF. */

const LONGEST_LINE = 76;
const PLAIN = /^[\x20-\x7e]*$/;
/** Of one encoded word, in bytes of UTF-8: it must fit behind the longest name of a header (RFC 2047 §2). */
const WORD_BYTES = 27;

/** A header of free text, folded; what is not ASCII is written as encoded words. */
export function header(name: string, value: string): string {
  return fold(`${name}: `, words(value));
}

/** A header with mailboxes, whose names may be anything. */
export function mailboxes(
  name: string,
  list: readonly { readonly display: string; readonly address: string }[],
): string {
  const parts = list.flatMap(({ display, address }, i) => [
    ...words(display, true),
    `<${address}>${i < list.length - 1 ? "," : ""}`,
  ]);
  return fold(`${name}: `, parts);
}

/** Words between which a line may be folded. */
function words(value: string, quoted = false): string[] {
  const text = value
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  if (
    PLAIN.test(text) &&
    !text.includes("=?") &&
    text.split(" ").every((word) => word.length < LONGEST_LINE - 2)
  ) {
    if (!quoted) return text.split(" ");
    return /^[A-Za-z0-9 _-]*$/.test(text) ? text.split(" ").filter(Boolean) : encoded(text);
  }
  return encoded(text);
}

function encoded(text: string): string[] {
  const made: string[] = [];
  let word = "";
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      made.push(word);
      word = "";
    }
    word += character;
  }
  if (word !== "") made.push(word);
  return made.map((one) => `=?utf-8?B?${Buffer.from(one).toString("base64")}?=`);
}

function fold(start: string, parts: readonly string[]): string {
  let out = "";
  let line = start.trimEnd();
  for (const part of parts) {
    if (line.length + 1 + part.length > LONGEST_LINE && line !== start.trimEnd()) {
      out += `${line}\r\n`;
      line = ` ${part}`;
    } else line += ` ${part}`;
  }
  return `${out}${line}\r\n`;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A moment as mails write it, in UTC. */
export function mailDate(at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  return `${DAYS[at.getUTCDay()]}, ${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()} ${time} +0000`;
}

/** Bytes of a full line of base64. */
const LINE_BYTES = (LONGEST_LINE / 4) * 3;

/** Base64 in lines of 76 characters, whatever the pieces are that go in. */
export async function* base64Lines(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<string, void, void> {
  let held: Uint8Array = new Uint8Array(0);
  for await (const piece of pieces) {
    const bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const whole = bytes.length - (bytes.length % LINE_BYTES);
    if (whole > 0) yield lines(bytes.subarray(0, whole));
    // A copy: what was handed in may be written over.
    held = Uint8Array.from(bytes.subarray(whole));
  }
  if (held.length > 0) yield lines(held);
}

function lines(bytes: Uint8Array): string {
  const text = Buffer.from(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64"),
    "latin1",
  );
  const broken = Buffer.allocUnsafe(text.length + 2 * Math.ceil(text.length / LONGEST_LINE));
  let at = 0;
  for (let from = 0; from < text.length; from += LONGEST_LINE) {
    at += text.copy(broken, at, from, from + LONGEST_LINE);
    broken[at++] = 0x0d;
    broken[at++] = 0x0a;
  }
  return broken.toString("latin1");
}
