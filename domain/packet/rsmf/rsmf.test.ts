import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import Ajv, { type ValidateFunction } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import type { PacketMessage } from "../model.ts";
import { openZip } from "../test/openZip.ts";
import { at, batches, CONVERSATION, FACTS, joined, MESSAGES, message, revision } from "../test/sample.ts";
import { deflateBlock } from "../zip/deflate.ts";
import { header, mailboxes } from "./mime.ts";
import { MANIFEST_NAME, rsmfFile } from "./rsmfFile.ts";
import { type RsmfSlice, RsmfSlicer } from "./slices.ts";

/** Lies beside the checkout where the formats are kept; the product does not carry it. */
const SCHEMA = ["../../../../shared/formats", "../../../../formats"]
  .map((place) => join(import.meta.dirname, place, "rsmf_schema_2_0_0.json"))
  .find(existsSync);

const DAY = { day: "2026-05-01", slice: 1 };
const FIRST_DAY = MESSAGES.slice(0, 3);

/** Takes the mail apart by hand, as strictly as a reader may. */
function parts(mail: Buffer) {
  const text = mail.toString("latin1");
  const headEnd = text.indexOf("\r\n\r\n");
  const headers = new Map(
    text
      .slice(0, headEnd)
      .replace(/\r\n /g, " ")
      .split("\r\n")
      .map((line): [string, string] => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  const boundary = /boundary="([^"]+)"/.exec(headers.get("Content-Type") ?? "")?.[1] ?? "";
  const bodies = text
    .slice(headEnd + 4)
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const end = part.indexOf("\r\n\r\n");
      return { head: part.slice(0, end), body: Buffer.from(part.slice(end + 4), "base64") };
    });
  return { headers, bodies };
}
async function manifestOf(mail: Buffer) {
  const zip = await openZip(parts(mail).bodies[1]?.body ?? Buffer.alloc(0));
  return JSON.parse(zip.get(MANIFEST_NAME)?.toString() ?? "");
}
const write = (list: readonly PacketMessage[], options = {}) =>
  joined(rsmfFile(FACTS, CONVERSATION, DAY, batches(list), options));

describe("one file", () => {
  let mail: Buffer;
  beforeAll(async () => {
    mail = await write(FIRST_DAY);
  });

  test("is a mail of seven-bit characters with one attachment, and comes out the same again", async () => {
    expect(mail.every((byte) => byte < 0x80)).toBe(true);
    const text = mail.toString("latin1");
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) expect(line.length).toBeLessThanOrEqual(88);
    const { headers, bodies } = parts(mail);
    expect(bodies.map(({ head }) => /attachment; filename="rsmf.zip"/.test(head))).toEqual([false, true]);
    expect(Object.fromEntries(headers)).toMatchObject({
      "X-RSMF-Version": "2.0.0",
      "X-RSMF-EventCount": "3",
      "X-RSMF-AttachmentCount": "0",
      "X-RSMF-BeginDate": at(2).toISOString(),
      "X-RSMF-EndDate": at(4).toISOString(),
      "X-RSMF-EventCollectionID": "LR-000012-VOL001-c0001",
      Date: "Fri, 01 May 2026 10:00:02 +0000",
    });
    expect((await write(FIRST_DAY)).equals(mail)).toBe(true);
    expect((await joined(rsmfFile(FACTS, CONVERSATION, DAY, batches(FIRST_DAY, 1)))).equals(mail)).toBe(true);
  });

  test("tells edits, deletions and files that are not inside", async () => {
    const manifest = await manifestOf(mail);
    const [odd, edited, file] = manifest.events;
    expect(odd.body).toBe(MESSAGES[0]?.revisions[0]?.body?.text);
    expect(edited.edits).toEqual([
      {
        participant: "A1",
        timestamp: at(30).toISOString(),
        previous: "Before.",
        new: "After [REDACTED: privileged].",
      },
    ]);
    expect(edited.custom).toContainEqual({ name: "redaction", value: "privileged" });
    expect(file.attachments).toBeUndefined();
    expect(file.custom.filter(({ name }: { name: string }) => name === "attachment")).toHaveLength(2);
    const deleted = [message(7, { revisions: [revision(null, { deletedAt: at(90) })] })];
    expect((await manifestOf(await write(deleted))).events[0]).toMatchObject({ deleted: true });
    expect(manifest.conversations[0].custodian).toBe("A1");
    expect(odd.direction).toBe("incoming");
    expect(edited.direction).toBe("outgoing");
  });

  test("holds what is searched for as text, in which no message passes for another", () => {
    const text = parts(mail).bodies[0]?.body.toString() ?? "";
    expect(text.split("\r\n").filter((line) => /^\d{4}-/.test(line))).toHaveLength(3);
    expect(text).toContain("[U+D800]");
  });

  test("holds a file that is put into it, and says so", async () => {
    const bytes = Buffer.from("0123456789");
    const stream = deflateBlock(bytes, true);
    const enclosed = [
      {
        bates: "UNS-000005",
        name: "UNS-000005.png",
        crc32: crc32(bytes),
        size: bytes.length,
        deflated: stream.length,
        bytes: () => [stream],
      },
    ];
    const whole = await write(FIRST_DAY, { enclosed });
    expect(parts(whole).headers.get("X-RSMF-AttachmentCount")).toBe("1");
    const zip = await openZip(parts(whole).bodies[1]?.body ?? Buffer.alloc(0));
    expect(zip.get("UNS-000005.png")?.equals(bytes)).toBe(true);
    expect(parts(whole).headers.get("X-RSMF-AttachmentCount")).toBe("1");
    expect((await manifestOf(whole)).events[2].attachments).toEqual([
      { id: "UNS-000005.png", display: "UNS-000005.png", size: 10 },
    ]);
  });

  test("lets the words be looked at before they are encoded", async () => {
    let seen = "";
    await write(FIRST_DAY, {
      look: (piece: string) => {
        seen += piece;
      },
    });
    expect(seen).toContain("Before.");
  });

  test("takes no message that belongs elsewhere, and is never empty", async () => {
    await expect(write([message(1, { sentAt: at(86_400) })])).rejects.toThrow(TypeError);
    await expect(write([message(1, { conversation: "c0002" })])).rejects.toThrow(TypeError);
    await expect(write([message(1, { sender: "P9" })])).rejects.toThrow(TypeError);
    await expect(write([])).rejects.toThrow(TypeError);
  });
});

test("headers are folded and encoded, whatever a name holds", () => {
  const odd = header("X-RSMF-Participants", `${"ü😀".repeat(60)}\r\nBcc: x, ${"a".repeat(200)}`);
  for (const line of odd.trimEnd().split("\r\n")) expect(line).toMatch(/^[\x20-\x7e]{1,76}$/);
  expect(odd.match(/\r\n(?! )/g)).toHaveLength(1);
  const boxes = mailboxes("To", [
    { display: 'Doe, "J" <x@y>', address: "a1@p.invalid" },
    { display: "acc-1", address: "a2@p.invalid" },
  ]);
  expect(boxes).toBe("To: =?utf-8?B?RG9lLCAiSiIgPHhAeT4=?= <a1@p.invalid>, acc-1 <a2@p.invalid>\r\n");
});

describe("slices", () => {
  const slicesOf = (list: Iterable<PacketMessage>): RsmfSlice[] => {
    const slicer = new RsmfSlicer();
    const slices: (RsmfSlice | null)[] = [];
    for (const one of list) slices.push(slicer.add(one));
    slices.push(slicer.end());
    return slices.filter((one) => one !== null);
  };
  function* many(count: number, more: (n: number) => Partial<PacketMessage> = () => ({})) {
    for (let n = 1; n <= count; n++) yield message(n, { sentAt: at(0), ...more(n) });
  }

  test("10,001 events of a day are two, and no slice holds more", async () => {
    expect(slicesOf(many(10_001))).toMatchObject([
      { day: "2026-05-01", slice: 1, events: 10_000, firstBates: "UNS-000001", lastBates: "UNS-010000" },
      { day: "2026-05-01", slice: 2, events: 1, firstBates: "UNS-010001", lastBates: "UNS-010001" },
    ]);
    await expect(joined(rsmfFile(FACTS, CONVERSATION, DAY, batches(many(10_001), 1000)))).rejects.toThrow(
      "at most",
    );
    const full = await joined(rsmfFile(FACTS, CONVERSATION, DAY, batches(many(10_000), 1000)));
    expect((await manifestOf(full)).events).toHaveLength(10_000);
  });

  test("days, conversations and very long texts each begin another", () => {
    expect(slicesOf(MESSAGES).map(({ day, events }) => [day, events])).toEqual([
      ["2026-05-01", 3],
      ["2026-05-02", 1],
    ]);
    expect(slicesOf(many(2, (n) => ({ conversation: `c000${n}` })))).toHaveLength(2);
    const long = revision("x".repeat(64 * 1024));
    expect(slicesOf(many(300, () => ({ revisions: [long] }))).map(({ events }) => events)).toEqual([256, 44]);
    expect(slicesOf([])).toEqual([]);
  });
});

describe.skipIf(!SCHEMA)(`against the official schema${SCHEMA ? "" : " (not run: it is not there)"}`, () => {
  let valid: ValidateFunction;
  beforeAll(async () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
    ajv.addFormat("idn-email", true);
    const schema = JSON.parse(await readFile(SCHEMA ?? "", "utf8"), (key, value) =>
      // Its fragments are no addresses; what refers to them is nothing.
      key === "$id" && typeof value === "string" && value.startsWith("#") ? undefined : value,
    );
    valid = ajv.compile(schema);
  });

  test("whatever a message is, its manifest holds, and says nothing that is not declared", async () => {
    const odd = [
      ...FIRST_DAY,
      message(8, { category: "traffic", kind: "system", revisions: [revision(null)] }),
    ];
    const manifest = await manifestOf(await write(odd));
    expect(valid(manifest), JSON.stringify(valid.errors)).toBe(true);
    const declared = JSON.parse(await readFile(SCHEMA ?? "", "utf8"));
    const undeclared = (value: object, schema: { properties: object }) =>
      Object.keys(value).filter((key) => !Object.hasOwn(schema.properties, key));
    const { events, conversations, participants } = declared.properties;
    expect(undeclared(manifest, declared)).toEqual([]);
    for (const one of manifest.events) expect(undeclared(one, events.items)).toEqual([]);
    for (const one of manifest.conversations) expect(undeclared(one, conversations.items)).toEqual([]);
    for (const one of manifest.participants) expect(undeclared(one, participants.items)).toEqual([]);
    expect(valid({ ...manifest, events: [{ id: 1 }] })).toBe(false);
  });
});
