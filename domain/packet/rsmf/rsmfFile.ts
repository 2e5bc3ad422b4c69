import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { constants, crc32, deflateRaw, inflateRawSync } from "node:zlib";
import { belowOneLine, inOneLine } from "../../cybertip/transcript/inOneLine.ts";
import type { Batches, PacketConversation, PacketFacts, PacketMessage, Pieces } from "../model.ts";
import { Blocks, deflateOptions } from "../zip/deflate.ts";
import { type ZipPart, zipBytes } from "../zip/zip.ts";
import {
  belongs,
  custodianOf,
  eventCollectionId,
  eventOf,
  manifestHead,
  manifestTail,
  RSMF_VERSION,
} from "./manifest.ts";
import { base64Lines, header, mailboxes, mailDate } from "./mime.ts";
import { MOST_EVENTS } from "./slices.ts";

const deflate = promisify(deflateRaw) as (
  bytes: Uint8Array,
  options: ReturnType<typeof deflateOptions>,
) => Promise<Buffer>;

export const MANIFEST_NAME = "rsmf_manifest.json";
export const ZIP_NAME = "rsmf.zip";
/** Holds a sequence that neither base64 nor a header of ours does. */
const BOUNDARY = "=_unseal-rsmf-1_=";
/** Names of participants that a mail's headers list; of more the number is told. */
const MOST_IN_HEADERS = 100;

/** A file of a message that is put into the RSMF file too, deflated already. */
export interface Enclosed {
  readonly bates: string;
  /** Its name within `rsmf.zip`, such as `UNS-000124.png`. */
  readonly name: string;
  readonly crc32: number;
  readonly size: number;
  readonly deflated: number;
  bytes(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface RsmfOptions {
  /** Attachments whose files lie inside; all others are told of in `custom`. */
  readonly enclosed?: readonly Enclosed[];
  /** Looks at the words before they are encoded: `survivors.ts`. */
  readonly look?: (piece: string) => void;
}

/**
 * One RSMF 2.0 file: a mail whose only attachment is a ZIP with the manifest, and whose text is what was said, for those who
 * search. The same inputs give the same bytes. What is held of it is deflated, so that a slice takes a few megabytes.
 *
 * @param slice the day, and which part of it
 * @param messages of this slice alone, in the order of their Bates numbers
 * @throws TypeError when there are too many or none, or one belongs elsewhere
 */
export async function* rsmfFile(
  facts: PacketFacts,
  conversation: PacketConversation,
  slice: { readonly day: string; readonly slice: number },
  messages: Batches<PacketMessage>,
  { enclosed = [], look = () => {} }: RsmfOptions = {},
): Pieces {
  const manifest = new Kept(6);
  const text = new Kept(1);
  const put = (into: Kept, piece: string) => {
    look(piece);
    into.add(piece);
  };
  const names = new Map(enclosed.map(({ bates, name }) => [bates, name]));
  const labels = new Map(conversation.participants.map(({ id, label }) => [id, label]));
  const custodian = custodianOf(conversation);
  const found: Totals = { events: 0, attachments: 0, first: null, last: null, begin: null, end: null };

  put(manifest, manifestHead(conversation));
  for await (const batch of messages) {
    for (const message of batch) {
      if (!belongs(message, conversation, slice.day))
        throw new TypeError("A message stands in a slice of RSMF that it does not belong to.");
      if (found.events === MOST_EVENTS)
        throw new TypeError(`A slice of RSMF has at most ${MOST_EVENTS} events.`);
      const event = JSON.stringify(eventOf(message, custodian, names));
      put(manifest, found.events === 0 ? event : `,${event}`);
      put(text, plainLine(message, labels.get(message.sender) ?? message.sender));
      count(found, message, names);
    }
    await manifest.settle();
    await text.settle();
  }
  if (found.events === 0) throw new TypeError("A slice of RSMF has at least one event.");
  put(manifest, manifestTail(eventCollectionId(facts.packet, conversation.id)));
  const part = await manifest.part(MANIFEST_NAME);

  yield headers(facts, conversation, slice, found, manifest.sha256()) +
    `--${BOUNDARY}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  await text.part("");
  yield* base64Lines(text.inflated());
  yield `\r\n--${BOUNDARY}\r\nContent-Type: application/zip; name="${ZIP_NAME}"\r\n` +
    `Content-Disposition: attachment; filename="${ZIP_NAME}"\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const parts: Inner[] = [
    { ...part, bytes: () => manifest.deflated() },
    ...enclosed.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  ];
  yield* base64Lines(zipBytes(parts, (one) => one.bytes()));
  yield `\r\n--${BOUNDARY}--\r\n`;
}

interface Inner extends ZipPart {
  bytes(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

interface Totals {
  events: number;
  attachments: number;
  first: string | null;
  last: string | null;
  begin: Date | null;
  end: Date | null;
}

/** Attachments are those of the manifest's events: files that lie elsewhere are told of in `custom` alone. */
function count(found: Totals, message: PacketMessage, enclosed: ReadonlyMap<string, string>): void {
  found.events += 1;
  found.attachments += message.attachments.filter(({ bates }) => bates && enclosed.has(bates)).length;
  found.first ??= message.bates;
  found.last = message.bates;
  if (found.begin === null || message.sentAt < found.begin) found.begin = message.sentAt;
  if (found.end === null || message.sentAt > found.end) found.end = message.sentAt;
}

function headers(
  facts: PacketFacts,
  conversation: PacketConversation,
  { day, slice }: { readonly day: string; readonly slice: number },
  found: Totals,
  manifestSha256: string,
): string {
  const domain = `${facts.packet.toLowerCase()}.invalid`;
  const box = (one: { readonly id: string; readonly label: string }) => ({
    display: one.label,
    address: `${one.id.toLowerCase()}@${domain}`,
  });
  const custodian = custodianOf(conversation);
  const from = custodian ?? conversation.participants[0];
  const others = conversation.participants.filter((one) => one !== from);
  const listed = conversation.participants.slice(0, MOST_IN_HEADERS).map(({ label }) => label);
  const more = conversation.participants.length - listed.length;
  const name = `${conversation.id}-${day}-${String(slice).padStart(2, "0")}`;
  return [
    mailboxes("From", from ? [box(from)] : []),
    others.length > 0 ? mailboxes("To", others.slice(0, MOST_IN_HEADERS).map(box)) : "",
    header("Subject", `${facts.packet} ${conversation.id} ${day}${slice === 1 ? "" : ` (${slice})`}`),
    header("Date", mailDate(found.begin ?? facts.orderedAt)),
    `Message-ID: <${name}@${domain}>\r\n`,
    header("X-RSMF-Version", RSMF_VERSION),
    header("X-RSMF-Generator", `${facts.tool.name} ${facts.tool.version}`),
    header("X-RSMF-BeginDate", found.begin?.toISOString() ?? ""),
    header("X-RSMF-EndDate", found.end?.toISOString() ?? ""),
    header("X-RSMF-EventCount", String(found.events)),
    header("X-RSMF-Application", conversation.platform),
    custodian ? header("X-RSMF-Custodian", custodian.label) : "",
    header("X-RSMF-Participants", [...listed, ...(more > 0 ? [`${more} more`] : [])].join(", ")),
    header("X-RSMF-AttachmentCount", String(found.attachments)),
    header("X-RSMF-EventCollectionID", eventCollectionId(facts.packet, conversation.id)),
    header("X-RSMF-CaseId", facts.request.number),
    header("X-RSMF-BatesRange", `${found.first} to ${found.last}`),
    header("X-RSMF-ManifestSha256", manifestSha256),
    "MIME-Version: 1.0\r\n",
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"\r\n\r\n`,
  ].join("");
}

/** A message as one line of text, and what belongs to it below. */
function plainLine(message: PacketMessage, label: string): string {
  const last = message.revisions.at(-1);
  const words = last?.body ? belowOneLine(last.body.text) : "(no words)";
  const lines = [`${message.sentAt.toISOString()} [${message.bates}] ${inOneLine(label)}: ${words}`];
  for (const { body, revision } of message.revisions.slice(0, -1))
    if (body) lines.push(`    * before (revision ${revision}): ${belowOneLine(body.text)}`);
  if (last?.deletedAt) lines.push(`    * deleted ${last.deletedAt.toISOString()}`);
  for (const one of message.attachments)
    lines.push(`    * attachment ${one.bates ?? one.withheld ?? ""}: ${inOneLine(one.mediaType)}`);
  return `${lines.join("\r\n")}\r\n`;
}

/** Text held deflated, to be given as it was or as it is held. Deflating goes on beside whatever is done meanwhile. */
class Kept {
  readonly #level: number;
  readonly #blocks = new Blocks(256 * 1024);
  #held: Buffer[] = [];
  #flight: Promise<Buffer>[] = [];
  readonly #hash = createHash("sha256");
  #crc = 0;
  #size = 0;
  #waiting: string[] = [];
  #units = 0;

  /** @param level of what is given out deflated 6; of what is only kept so 1 */
  constructor(level: number) {
    this.#level = level;
  }

  add(piece: string): void {
    this.#waiting.push(piece);
    this.#units += piece.length;
    if (this.#units > 64 * 1024) this.#flush();
  }

  /** Waits for what is being deflated: no more of it is under way than a batch brings. */
  async settle(): Promise<void> {
    const landing = this.#flight;
    this.#flight = [];
    this.#held.push(...(await Promise.all(landing)));
  }

  /** Ends it. */
  async part(name: string): Promise<ZipPart> {
    this.#flush();
    this.#deflate(this.#blocks.end(), true);
    await this.settle();
    const deflated = this.#held.reduce((sum, { length }) => sum + length, 0);
    return { name, crc32: this.#crc, size: this.#size, deflated };
  }

  sha256(): string {
    return this.#hash.digest("hex");
  }

  deflated(): readonly Uint8Array[] {
    return this.#held;
  }

  *inflated(): Generator<Uint8Array, void, void> {
    for (const block of this.#held) yield inflateRawSync(block, { finishFlush: constants.Z_SYNC_FLUSH });
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting.join(""));
    this.#waiting = [];
    this.#units = 0;
    this.#hash.update(bytes);
    this.#crc = crc32(bytes, this.#crc);
    this.#size += bytes.length;
    for (const full of this.#blocks.add(bytes)) this.#deflate(Buffer.from(full), false);
  }

  #deflate(block: Uint8Array, last: boolean): void {
    const flying = deflate(block, { ...deflateOptions(last), level: this.#level });
    flying.catch(() => {});
    this.#flight.push(flying);
  }
}
