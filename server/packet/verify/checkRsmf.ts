import { fromBufferPromise } from "yauzl";
import { z } from "zod";
import { MANIFEST_NAME, ZIP_NAME } from "../../../domain/packet/rsmf/rsmfFile.ts";
import { MOST_EVENTS } from "../../../domain/packet/rsmf/slices.ts";
import { printOf } from "./checkRecords.ts";
import type { Findings } from "./findings.ts";
import type { IndexTable } from "./IndexTable.ts";
import type { OpenPacket } from "./openPacket.ts";
import { readSmall } from "./readFiles.ts";

/** What is taken in of one file: slices are far smaller. */
const MOST_BYTES = 192 * 1024 * 1024;

/** The parts of the official schema that a packet uses, and the rules that it cannot say. */
const zoned = z.iso.datetime({ offset: true });
const custom = z.array(z.object({ name: z.string().min(1), value: z.string().min(1) })).optional();
const manifestSchema = z.object({
  version: z.literal("2.0.0"),
  participants: z.array(z.object({ id: z.string().min(1), display: z.string().optional(), custom })),
  conversations: z
    .array(
      z.object({
        id: z.string().min(1),
        platform: z.string().min(1),
        participants: z.array(z.string().min(1)),
        type: z.enum(["direct", "channel"]).optional(),
        custodian: z.string().optional(),
        custom,
      }),
    )
    .length(1),
  events: z
    .array(
      z.object({
        id: z.string(),
        type: z.enum(["message", "disclaimer", "join", "leave", "history", "unknown"]),
        participant: z.string(),
        conversation: z.string(),
        timestamp: zoned,
        body: z.string().optional(),
        deleted: z.boolean().optional(),
        attachments: z.array(z.object({ id: z.string().min(1), size: z.int().optional() })).optional(),
        edits: z.array(z.object({ participant: z.string().min(1), timestamp: zoned.optional() })).optional(),
        custom,
      }),
    )
    .min(1)
    .max(MOST_EVENTS),
  eventcollectionid: z.string(),
});
type Manifest = z.output<typeof manifestSchema>;

/** Checks every RSMF file: the mail, the ZIP in it, the manifest in that, and that it says what the records say. */
export async function checkRsmf(
  packet: OpenPacket,
  index: IndexTable,
  findings: Findings,
  onProgress: (done: number, all: number) => void,
): Promise<void> {
  const paths = [...packet.files.keys()].filter((path) => path.startsWith("data/rsmf/"));
  for (const [i, path] of paths.entries()) {
    const bad = (what: string) => findings.add("bad-rsmf", `${path}: ${what}`);
    const bytes = await readSmall(packet, path, findings, MOST_BYTES);
    const name = /^data\/rsmf\/(c\d+)-(\d{4}-\d\d-\d\d)(-\d{2,})?\.rsmf$/.exec(path);
    const mail = bytes && readMail(bytes, bad);
    const manifest = mail && (await readManifest(mail.zip, bad));
    if (!name) bad("its name is not that of a slice");
    else if (mail && manifest) {
      checkHeaders(mail.headers, manifest, bad);
      checkEvents(manifest, index, findings, { path, conversation: name[1] ?? "", day: name[2] ?? "" });
    }
    onProgress(i + 1, paths.length);
  }
}

interface Mail {
  readonly headers: ReadonlyMap<string, string>;
  readonly zip: Buffer;
}

function readMail(bytes: Buffer, bad: (what: string) => void): Mail | undefined {
  const latin = bytes.toString("latin1");
  if (/[\x80-\xff]/.test(latin)) bad("it is not of seven-bit characters");
  if (/(?<!\r)\n|\r(?!\n)/.test(latin)) bad("a line does not end with CRLF");
  const headEnd = latin.indexOf("\r\n\r\n");
  if (headEnd < 0) return void bad("it is no mail");
  const headers = headersOf(latin.slice(0, headEnd));
  const boundary = /^multipart\/mixed;.*boundary="([^"\r\n]+)"/i.exec(headers.get("content-type") ?? "")?.[1];
  const parts = boundary === undefined ? [] : latin.slice(headEnd + 2).split(`\r\n--${boundary}`);
  if (!boundary || parts.length < 3 || !parts.at(-1)?.startsWith("--"))
    return void bad("it is no mail of several parts");
  const attached: string[] = [];
  for (const part of parts.slice(1, -1)) {
    const end = part.indexOf("\r\n\r\n");
    const head = headersOf(part.slice(2, Math.max(2, end)));
    if (!/^attachment\b/i.test(head.get("content-disposition") ?? "")) continue;
    if (!/filename="?rsmf\.zip"?/i.test(head.get("content-disposition") ?? ""))
      bad(`an attachment is not ${ZIP_NAME}`);
    if (head.get("content-transfer-encoding")?.toLowerCase() !== "base64")
      bad("its attachment is not base64");
    attached.push(part.slice(end + 4));
  }
  if (attached.length !== 1) return void bad(`it has ${attached.length} attachments, and must have one`);
  return { headers, zip: Buffer.from(attached[0] ?? "", "base64") };
}

function headersOf(text: string): Map<string, string> {
  const lines = text.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  return new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

async function readManifest(zip: Buffer, bad: (what: string) => void): Promise<Manifest | undefined> {
  const names = new Set<string>();
  let text: string | undefined;
  try {
    const archive = await fromBufferPromise(zip, { lazyEntries: true, strictFileNames: true });
    for await (const entry of archive.eachEntry()) {
      if (names.has(entry.fileName) || entry.fileName.includes("/"))
        bad(`${ZIP_NAME} holds a name twice or a folder`);
      names.add(entry.fileName);
      if (entry.fileName !== MANIFEST_NAME) continue;
      if (entry.uncompressedSize > MOST_BYTES) return void bad(`${MANIFEST_NAME} is too large`);
      const pieces: Buffer[] = [];
      for await (const piece of (await archive.openReadStreamPromise(entry)) as AsyncIterable<Buffer>)
        pieces.push(piece);
      text = Buffer.concat(pieces).toString("utf8");
    }
  } catch {
    return void bad(`${ZIP_NAME} cannot be read`);
  }
  const read = manifestSchema.safeParse(jsonOf(text));
  if (!read.success)
    return void bad(`${MANIFEST_NAME} breaks the schema at /${read.error.issues[0]?.path.join("/") ?? ""}`);
  const referenced = new Set(
    read.data.events.flatMap(({ attachments }) => (attachments ?? []).map(({ id }) => id)),
  );
  for (const name of names)
    if (name !== MANIFEST_NAME && !referenced.has(name))
      bad(`${ZIP_NAME} holds a file that no event refers to`);
  for (const name of referenced)
    if (!names.has(name)) bad("an event refers to a file that is not in the ZIP");
  return read.data;
}

function checkHeaders(
  headers: ReadonlyMap<string, string>,
  manifest: Manifest,
  bad: (what: string) => void,
): void {
  const times = manifest.events.map(({ timestamp }) => timestamp).toSorted();
  const expected: readonly (readonly [string, string | undefined])[] = [
    ["X-RSMF-Version", manifest.version],
    ["X-RSMF-EventCount", String(manifest.events.length)],
    [
      "X-RSMF-AttachmentCount",
      String(manifest.events.reduce((sum, { attachments }) => sum + (attachments?.length ?? 0), 0)),
    ],
    ["X-RSMF-EventCollectionID", manifest.eventcollectionid],
    [
      "X-RSMF-AttachmentCount",
      String(manifest.events.reduce((sum, { attachments }) => sum + (attachments?.length ?? 0), 0)),
    ],
    ["X-RSMF-BeginDate", times[0]],
    ["X-RSMF-EndDate", times.at(-1)],
  ];
  for (const [name, value] of expected)
    if (headers.get(name.toLowerCase()) !== value) bad(`its header ${name} does not agree with the manifest`);
}

function checkEvents(
  { participants, conversations, events }: Manifest,
  index: IndexTable,
  findings: Findings,
  at: { readonly path: string; readonly conversation: string; readonly day: string },
): void {
  const bad = (what: string) => findings.add("bad-rsmf", `${at.path}: ${what}`);
  const people = new Set(participants.map(({ id }) => id));
  if (people.size !== participants.length) bad("two participants have one id");
  const [conversation] = conversations;
  if (conversation?.id !== at.conversation) bad("it is of another conversation than its name says");
  for (const id of conversation?.participants ?? [])
    if (!people.has(id)) bad(`participant ${id} is not declared`);
  const { custodian } = conversation ?? {};
  if (custodian !== undefined && !conversation?.participants.includes(custodian))
    bad("its custodian takes no part");
  for (const event of events) {
    if (!people.has(event.participant) || event.conversation !== at.conversation)
      bad(`event ${event.id} is of nobody here`);
    if (!event.timestamp.startsWith(at.day)) bad(`event ${event.id} is of another day`);
    const i = index.find(event.id);
    if (i === -1 || index.row(i).type !== "message") {
      findings.add("rsmf-differs", `${at.path}: event ${event.id} is in no record`);
      continue;
    }
    if (!index.seeInRsmf(i)) findings.add("rsmf-incomplete", `${event.id} is in two RSMF files`);
    const said = {
      from: event.participant,
      sentAt: event.timestamp,
      deleted: event.deleted ?? false,
      body: event.body ?? null,
    };
    if (!index.hasPrint(i, printOf(said))) findings.add("rsmf-differs", `${at.path}: event ${event.id}`);
  }
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
