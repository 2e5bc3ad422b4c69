import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Clashes, decodePath, encodePath, nameProblem } from "./bag/names.ts";
import { bagInfo, manifestLines } from "./bag/tagFiles.ts";
import { batesNumber, parseBates } from "./bates.ts";
import { INDEX_COLUMNS, indexCsv } from "./indexCsv.ts";
import { conversationName, LAYOUT, packetName, withheldNumber } from "./layout.ts";
import { CUSTODY_COLUMNS, REDACTION_COLUMNS, redactionsCsv, WITHHELD_COLUMNS } from "./listsCsv.ts";
import type { PacketConversation } from "./model.ts";
import { accountLine, conversationLine, lineFacts, nativeLine, nativeNdjson } from "./native.ts";
import { ACCOUNT, batches, CONVERSATION, FACTS, joined, MESSAGES, message, revision } from "./test/sample.ts";

const SHA = "ab".repeat(64);
const manifest = (...paths: string[]) => [
  ...manifestLines(
    paths.map((path) => ({ path, sha512: SHA })),
    "data/",
  ),
];
const index = async (list: typeof MESSAGES, conversation: PacketConversation = CONVERSATION) => {
  const text = await joined(
    indexCsv(batches([ACCOUNT, ...list]), { conversationOf: () => conversation, textPathOf: () => null }),
  );
  return { text: text.toString(), rows: parse(text, { columns: true }) as Record<string, string>[] };
};

describe("Bates numbers", () => {
  test("are read back, grow past their width, and nothing else is one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (n) => {
        expect(parseBates(batesNumber("UNS-EU", n))).toEqual({ prefix: "UNS-EU", n });
      }),
    );
    expect(batesNumber("UNS", 123)).toBe("UNS-000123");
    expect(batesNumber("UNS", 1_234_567)).toBe("UNS-1234567");
    for (const text of ["UNS-123", "UNS-0000123", "uns-000123", "UNS000123", "UNS-000000", "../-000001"])
      expect(parseBates(text)).toBeUndefined();
    expect(() => batesNumber("../x", 1)).toThrow();
    expect(() => batesNumber("UNS", 0)).toThrow();
  });
  test("and names of packets, conversations and withheld records", () => {
    expect([packetName(12, 1), conversationName(3), withheldNumber(7)]).toEqual([
      "LR-000012-VOL001",
      "c0003",
      "W-000007",
    ]);
  });
});

describe("names in a bag", () => {
  test("are written as RFC 8493 has them, and read back", () => {
    expect(encodePath("a%b\nc\rd é")).toBe("a%25b%0Ac%0Dd é");
    fc.assert(fc.property(fc.string({ unit: "binary" }), (path) => decodePath(encodePath(path)) === path));
  });
  test.each(["data/A.txt", "data/a.TXT", "data/ａ.txt"])("%s and data/a.txt are never together", (path) => {
    expect(() => manifest("data/a.txt", path)).toThrow("clashes");
  });
  test.each(["data/cafe\u0301.txt"])("nor two that differ in normalisation", (path) => {
    expect(new Clashes().add(path)).toBeNull();
    expect(() => manifest("data/café.txt", path)).toThrow("clashes");
  });
  test.each(["data/../x", "/data/x", "x/y", "data/COM1.txt", "data/a ", "data/a\u0000", "data/x:y"])(
    "%j gets into no manifest",
    (path) => expect(() => manifest(path)).toThrow(TypeError),
  );
  test("an attachment's file is named by its number, whatever its type says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (mediaType) => {
        expect(nameProblem(LAYOUT.attachment("UNS-000001", mediaType))).toBeNull();
      }),
    );
    expect(LAYOUT.attachment("UNS-000001", "Image/JPEG; x=y")).toBe("data/attachments/UNS-000001.jpg");
    expect(LAYOUT.attachment("UNS-000001", "text/html")).toBe("data/attachments/UNS-000001.bin");
    expect(LAYOUT.attachment("UNS-000001", "constructor")).toBe("data/attachments/UNS-000001.bin");
  });
  test("no value of bag-info.txt begins another label", () => {
    const facts = {
      ...FACTS,
      organisation: { ...FACTS.organisation, name: "x\r\nPayload-Oxum: 1.1\u2028y: z" },
    };
    const text = bagInfo(facts, { octets: 2048, files: 3 });
    expect(text.match(/^Payload-Oxum: .*$/gm)).toEqual(["Payload-Oxum: 2048.3"]);
    expect(text).toContain("Bagging-Date: 2026-05-06\n");
    expect(text).toContain("Bag-Size: 2.0 KiB\n");
    for (const line of text.trimEnd().split("\n")) expect(line).toMatch(/^[A-Za-z0-9-]+: \S/);
  });
});

describe("records and index", () => {
  test("a line holds what was written to the last unit, and the index its hash and size", async () => {
    const native = (await joined(nativeNdjson(CONVERSATION, batches(MESSAGES)))).toString();
    const lines = native.split("\n").slice(1, -1);
    expect(lines.map((line) => JSON.parse(line).body)).toEqual(
      MESSAGES.map(({ revisions }) => revisions.at(-1)?.body?.text ?? null),
    );
    const { rows } = await index(MESSAGES);
    const messages = rows.filter(({ RECORD_TYPE }) => RECORD_TYPE === "message");
    expect(messages.map(({ SHA256, SIZE }) => [SHA256, Number(SIZE)])).toEqual(
      lines.map((line) => Object.values(lineFacts(`${line}\n`))),
    );
  });

  test("any text at all makes one line of valid UTF-8 that reads back", () => {
    const anyText = fc.string({ unit: fc.nat(0xffff).map((n) => String.fromCharCode(n)) });
    fc.assert(
      fc.property(anyText, (text) => {
        const line = nativeLine(message(1, { revisions: [revision(text)] }));
        expect(line.isWellFormed()).toBe(true);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(JSON.parse(line).body).toBe(text);
      }),
    );
  });

  test("each number has a row, files come after their message, and no cell is run by a spreadsheet", async () => {
    const odd = MESSAGES.map((one) => ({ ...one, messageId: `=${one.messageId}` }));
    const { text, rows } = await index(odd);
    expect(text.split("\r\n")[0]).toBe(INDEX_COLUMNS.map((column) => `"${column}"`).join());
    expect(rows.map(({ BEGBATES }) => BEGBATES)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => batesNumber("UNS", n)),
    );
    expect(rows.map(({ PARENTBATES }) => PARENTBATES)).toEqual([
      "",
      "",
      "",
      "",
      "UNS-000004",
      "UNS-000004",
      "",
    ]);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(rows[5]).toMatchObject({ STATUS: "not_available", NATIVE_PATH: "", SHA256: "", SIZE: "" });
    expect(rows[2]).toMatchObject({
      REDACTED: "Y",
      REDACTION_REASON: "privileged",
      FROM: "acc-1",
      TO: "Participant 1",
    });
  });

  test("a group of a thousand does not make a row of a thousand names", async () => {
    const [first] = CONVERSATION.participants;
    if (!first) throw new Error("There is somebody.");
    const participants = Array.from({ length: 1000 }, (_, i) => ({
      ...first,
      id: `P${i}`,
      label: `Participant ${i}`,
    }));
    const { rows } = await index([message(2, { sender: "P3" })], { ...CONVERSATION, participants });
    expect(rows[1]).toMatchObject({ FROM: "Participant 3", TO: "999 participants of c0001" });
  });

  test("the log of redactions has no word that was taken out, nor a hash of one", async () => {
    const rows = parse(await joined(redactionsCsv(batches(MESSAGES))), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows).toEqual([
      {
        REDACTION_ID: "UNS-000003/R1",
        BATES: "UNS-000003",
        FIELD: "body",
        REASON: "privileged",
        HOW: "hand",
        RULE: "",
        LENGTH_UTF16: "5",
        SHA256_AFTER: "ef".repeat(32),
      },
    ]);
  });

  test("a message of a conversation that is not known stops the index", async () => {
    const stream = indexCsv([[message(1)]], { conversationOf: () => undefined, textPathOf: () => null });
    await expect(joined(stream)).rejects.toThrow("not in the packet");
  });
});

test("the documentation names every column and every key", async () => {
  const text = await readFile(join(import.meta.dirname, "../../docs/packet-format.md"), "utf8");
  const keys = (value: unknown): string[] =>
    typeof value !== "object" || value === null
      ? []
      : Array.isArray(value)
        ? value.flatMap(keys)
        : Object.entries(value).flatMap(([key, inner]) => [key, ...keys(inner)]);
  const lines = [conversationLine(CONVERSATION), ...MESSAGES.map(nativeLine), accountLine(ACCOUNT)];
  for (const key of new Set(lines.flatMap((line) => keys(JSON.parse(line)))))
    expect(text).toContain(`\`${key}\``);
  for (const column of [...INDEX_COLUMNS, ...WITHHELD_COLUMNS, ...REDACTION_COLUMNS, ...CUSTODY_COLUMNS])
    expect(text).toContain(column);
});
