import type {
  PacketAttachment,
  PacketConversation,
  PacketMessage,
  PacketRevision,
  RedactedText,
} from "../model.ts";
import { escaped } from "./byteCodes.ts";
import type { FileFonts } from "./fileFonts.ts";
import { type Line, linesOf } from "./lines.ts";
import { codesOf, mixedOperators, points, type Row, stampOperators, styleOperators } from "./pages.ts";
import { PAGE, STYLES, TEXT_LEFT, type TextStyle } from "./styles.ts";

const TEXT_WIDTH = PAGE.right - TEXT_LEFT;
const SENDER_WIDTH = 230;
const INDENT = 10;

interface Sender {
  readonly line: Line;
  readonly width: number;
  readonly style: TextStyle;
  readonly direction: string;
}

/** Makes the lines of messages, one file's fonts at a time. */
export class MessageRows {
  readonly #fonts: FileFonts;
  readonly #conversation: PacketConversation;
  readonly #senders = new Map<string, Sender>();
  readonly #fromTarget: boolean;

  constructor(fonts: FileFonts, conversation: PacketConversation) {
    this.#fonts = fonts;
    this.#conversation = conversation;
    this.#fromTarget = conversation.participants.some(({ target }) => target);
  }

  /** A message: who and when, its words, what became of it, its files. */
  of(message: PacketMessage): Row[] {
    const current = message.revisions[message.revisions.length - 1];
    const rows = this.#head(message);
    if (current?.body) this.#words(rows, current.body, STYLES.body, TEXT_LEFT);
    else this.#note(rows, withoutWords(message));
    if (current?.deletedAt) this.#note(rows, `Deleted at ${instant(current.deletedAt)}.`);
    if (current?.editedAt) this.#note(rows, `Edited at ${instant(current.editedAt)}. What it said before:`);
    for (const earlier of message.revisions.slice(0, -1)) {
      this.#note(rows, revisionLine(earlier));
      if (earlier.body) this.#words(rows, earlier.body, STYLES.earlier, TEXT_LEFT + INDENT);
      else this.#note(rows, "(no words)");
    }
    for (const one of message.attachments)
      for (const line of attachmentLines(one)) this.#note(rows, line, one.bates);
    return rows;
  }

  #words(rows: Row[], body: RedactedText, style: TextStyle, x: number): void {
    if (body.text === "") this.#note(rows, "(empty)");
    else
      for (const line of linesOf(this.#fonts, body.text, style, PAGE.right - x, body.marks))
        rows.push({ x, style, line, height: 2 });
  }

  #note(rows: Row[], text: string, bates: string | null = null): void {
    for (const line of linesOf(this.#fonts, text, STYLES.note, TEXT_WIDTH))
      rows.push({ x: TEXT_LEFT, style: STYLES.note, line, height: 2, bates });
  }

  #head(message: PacketMessage): Row[] {
    const time = codesOf(instant(message.sentAt));
    const font = this.#fonts.byte.regular;
    const sender = this.#senderOf(message.sender);
    const at = points(TEXT_LEFT + (font.measure(time) * STYLES.note.size) / 1000 + 8);
    const after = codesOf([sender.direction, KINDS[message.kind]].filter((one) => one !== "").join(", "));
    font.measure(after);
    const afterAt = points(at + sender.width + 6);
    const number = codesOf(message.bates);
    const wide = (font.measure(number) * STYLES.stamp.size) / 1000 > TEXT_LEFT - PAGE.left - 4;
    const beside = (y: number) =>
      `${wide ? "" : stampOperators(this.#fonts, message.bates, PAGE.left, y)}` +
      `1 0 0 1 ${TEXT_LEFT} ${y} Tm/F1 ${STYLES.note.size} Tf ${STYLES.note.colour}(${time})Tj\n` +
      (typeof sender.line === "string"
        ? `1 0 0 1 ${at} ${y} Tm${styleOperators(sender.style)}(${sender.line})Tj\n`
        : mixedOperators(sender.line, sender.style, at, y));
    const head: Row = { x: afterAt, style: STYLES.note, line: escaped(after), height: 2, beside };
    // A number that does not fit into the margin has a line of its own.
    return wide ? [{ x: PAGE.left, style: STYLES.stamp, line: escaped(number), height: 2 }, head] : [head];
  }

  #senderOf(id: string): Sender {
    const known = this.#senders.get(id);
    if (known) return known;
    const participant = this.#conversation.participants.find((one) => one.id === id);
    const style = participant?.target ? STYLES.target : STYLES.sender;
    const [line = "", ...more] = linesOf(this.#fonts, participant?.label ?? id, style, SENDER_WIDTH);
    const direction = !this.#fromTarget ? "" : participant?.target ? "outgoing" : "incoming";
    const sender: Sender = {
      line,
      width: typeof line === "string" ? this.#widthOf(line, style) : line.width,
      style,
      direction: more.length > 0 ? `\u2026 ${direction}` : direction,
    };
    this.#senders.set(id, sender);
    return sender;
  }

  #widthOf(line: string, style: TextStyle): number {
    const codes = line.replace(/\\([()\\])/g, "$1");
    return (this.#fonts.byte[style.font].measure(codes) * style.size) / 1000;
  }
}

const KINDS: Readonly<Record<PacketMessage["kind"], string>> = {
  text: "",
  media: "media",
  shared_video: "shared video",
  system: "written by the platform",
};

function withoutWords(message: PacketMessage): string {
  return message.category === "traffic" ? "(what it says is not part of what may be given)" : "(no words)";
}

function revisionLine({ revision, editedAt, deletedAt }: PacketRevision): string {
  const when = editedAt === null ? "as first sent" : `as edited at ${instant(editedAt)}`;
  return `Revision ${revision}, ${when}${deletedAt ? `, deleted at ${instant(deletedAt)}` : ""}:`;
}

function attachmentLines(one: PacketAttachment): string[] {
  const size = one.size ?? one.recorded.size;
  const number = one.bates ?? one.withheld ?? "";
  const first = `File ${number}: ${one.mediaType}, ${size} bytes, of revision ${one.revision}`;
  if (one.status === "produced") return [first, `${one.path ?? ""}`, `SHA-256 ${one.sha256 ?? ""}`];
  const hash = one.recorded.sha256 === null ? [] : [`SHA-256 as recorded ${one.recorded.sha256}`];
  const why = one.status === "withheld" ? "Withheld" : "Not available";
  return [first, `${why}${one.why === "" ? "" : `: ${one.why}`}`, ...hash];
}

/** `2026-05-01 10:00:00.123 UTC` */
export function instant(at: Date): string {
  const iso = at.toISOString();
  return `${iso.slice(0, -14)} ${iso.slice(-13, -1)} UTC`;
}
