import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { getDocumentProxy } from "unpdf";
import { beforeAll, describe, expect, test } from "vitest";
import { openFonts } from "../../../server/packet/pdf/openFonts.ts";
import type { PacketMessage } from "../model.ts";
import { burnIn, makeRedactor } from "../redact/redactor.ts";
import { at, batches, CONVERSATION, FACTS, MESSAGES, message, revision } from "../test/sample.ts";
import type { PdfFonts } from "./fonts.ts";
import { type TranscriptOptions, type TranscriptPiece, transcriptPdf } from "./transcriptPdf.ts";

let fonts: PdfFonts;
beforeAll(async () => {
  fonts = await openFonts();
});

type End = Extract<TranscriptPiece, { kind: "end" }>;
interface Made {
  readonly bytes: Buffer;
  readonly end: End;
}

async function filesOf(
  messages: readonly PacketMessage[],
  options: TranscriptOptions = {},
  size = 50,
): Promise<Made[]> {
  const files: Made[] = [];
  let pieces: Uint8Array[] = [];
  for await (const piece of transcriptPdf(fonts, FACTS, CONVERSATION, batches(messages, size), options))
    if (piece.kind === "bytes") pieces.push(piece.bytes);
    else {
      files.push({ bytes: Buffer.concat(pieces), end: piece });
      pieces = [];
    }
  return files;
}

async function fileOf(messages: readonly PacketMessage[]): Promise<Buffer> {
  const [file, ...more] = await filesOf(messages);
  expect(more).toEqual([]);
  return file?.bytes ?? Buffer.alloc(0);
}

/** The text of each page, as pdf.js reads it. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const pages: string[] = [];
  for (let n = 1; n <= document.numPages; n++) {
    const { items } = await (await document.getPage(n)).getTextContent();
    pages.push(items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : " "}` : "")).join(""));
  }
  await document.loadingTask.destroy();
  return pages;
}

const bare = (text: string) => text.normalize("NFKC").replace(/[\s\u200B]+/g, "");
const said = (bodies: readonly string[]) =>
  bodies.map((body, n) => message(n + 1, { revisions: [revision(body)] }));

describe("transcript as PDF", () => {
  test("no word is lost or out of its order, in any script", async () => {
    const bodies = [
      'Plain words (in brackets), a back\\slash and "quotes" \u2013 \u20AC5\u2026',
      "one\n\nthree\ttabbed\r\nfour",
      "Кириллица, ελληνικά, tiếng Việt, ქართული, ไทย",
      "日本語のテキスト、漢字とかな。长的中文句子不需要空格就可以换行，因此我们要看看它在这里是怎样换行的，是不是在任何地方都可以。한국어",
      "مرحبا بالعالم، كيف حالك اليوم؟ هذا نص عربي طويل بما يكفي ليمتد على أكثر من سطر واحد في هذه الصفحة لكي نرى الالتفاف",
      "שלום עולם! (סוגריים) and English 123 סוף",
      "English with עברית inside",
      "\u{1F642} \u{1F44D}\u{1F3FD} \u2764\uFE0F \u{1F468}\u200D\u{1F469}\u200D\u{1F467} \u{1F1E9}\u{1F1EA} 1\uFE0F\u20E3",
      "e\u0301 n\u0303 \u{1D573}\u{1D58A}\u{1D591}\u{1D591}\u{1D594}",
      `${"x".repeat(300)} after a word wider than a page`,
    ];
    const pages = await pagesOf(await fileOf(said(bodies)));
    const text = bare(pages.join("\n"));
    let from = 0;
    for (const body of bodies) {
      const found = text.indexOf(bare(body), from);
      expect(found, body).toBeGreaterThanOrEqual(from);
      from = found;
    }
  });

  test("no Western, Greek, Cyrillic, Han or emoji text comes out otherwise than it went in", async () => {
    const unit = fc.oneof(
      fc.integer({ min: 0x20, max: 0x7e }),
      fc.integer({ min: 0xa1, max: 0xac }),
      fc.integer({ min: 0x3b1, max: 0x3c9 }),
      fc.integer({ min: 0x410, max: 0x44f }),
      fc.integer({ min: 0x4e00, max: 0x9fa5 }),
      fc.integer({ min: 0x1f600, max: 0x1f64f }),
      fc.constantFrom(0x20, 0x0a, 0x2013, 0x201c),
    );
    const body = fc
      .array(unit, { minLength: 1, maxLength: 300 })
      .map((points) => String.fromCodePoint(...points));
    await fc.assert(
      fc.asyncProperty(fc.array(body, { minLength: 1, maxLength: 8 }), async (bodies) => {
        const text = bare((await pagesOf(await fileOf(said(bodies)))).join("\n"));
        for (const one of bodies) expect(text).toContain(bare(one).slice(0, 40));
        for (const one of bodies) expect(text).toContain(bare(one).slice(-20));
      }),
      { numRuns: 15 },
    );
  });

  test("what is read from right to left comes out in the order in which it is read", async () => {
    const bodies = [
      "שלום (abc 123) מה שלומך",
      "First \u05D0\u05D1\u05D2 then مرحبا end",
      "אחת שתיים שלוש\nארבע",
    ];
    const text = bare((await pagesOf(await fileOf(said(bodies)))).join("\n"));
    for (const body of bodies) expect(text).toContain(bare(body));
  });

  test("no character hides or turns its neighbours", async () => {
    const bodies = [
      "a\u202Egpj.exe\u202C",
      "n\u0000l \u001B[2J",
      "z\u200B\u200Bw",
      "l\uD800ne",
      `z${"\u0301".repeat(40)}go`,
    ];
    const text = bare((await pagesOf(await fileOf(said(bodies)))).join("\n"));
    for (const shown of [
      "a[U+202E RLO]gpj.exe[U+202C PDF]",
      "n[U+0000 NUL]l [U+001B ESC][2J",
      "z[U+200B ZWSP \u00D72]w",
      "l[U+D800]ne",
      "[+36 marks]go",
    ])
      expect(text).toContain(bare(shown));
  });

  test("nobody can type a redaction, and a redaction is drawn with its reason in it", async () => {
    const label = "[REDACTED: third party]";
    const text = `Ask ${label} or [REDACTED: typed] please`;
    const marks = [{ start: 4, end: 4 + label.length, id: "R1", reason: "third party" }];
    const bytes = await fileOf([message(1, { revisions: [revision(text, { body: { text, marks } })] })]);
    const boxes = [...bytes.toString("latin1").matchAll(/\n?ET 0 g [\d.]+ [\d.]+ [\d.]+ 10\.4 re f/g)];
    expect(boxes.length).toBe(1);
    expect(bytes.toString("latin1")).toMatch(/1 g \(\[REDACTED: third party\]\)Tj/);
    expect(bare((await pagesOf(bytes)).join(""))).toContain(bare(text));
  });

  test("no word that was taken out is in the file, and what became of a message is told", async () => {
    const secret = "Meadowlark";
    const text = `Meet ${secret} at noon, ${secret.toUpperCase()} said.`;
    const redactor = makeRedactor([{ kind: "literal", words: secret, reason: "privileged" }], []);
    const body = burnIn(text, redactor.cuts(text));
    const bytes = await fileOf([...MESSAGES, message(9, { revisions: [revision(text, { body })] })]);
    const streams = [...bytes.toString("latin1").matchAll(/FlateDecode\/Length \d+>>\nstream\n/g)].map(
      (found) => inflateSync(bytes.subarray(found.index + found[0].length)).toString("latin1"),
    );
    expect(streams.length).toBeGreaterThan(3);
    const read = bare((await pagesOf(bytes)).join(""));
    for (const all of [bytes.toString("latin1"), read, ...streams]) expect(all).not.toMatch(/meadow|lark/i);
    for (const shown of [
      "Meet [REDACTED: privileged] at noon, [REDACTED: privileged] said.",
      "Revision 1",
      "Before.",
      "UNS-000005",
      "gone from the platform",
    ])
      expect(read).toContain(bare(shown));
  });

  test("no file differs for the same messages, however they come", async () => {
    const messages = [...MESSAGES, ...said(["x \u{1F642}", "שלום"])];
    const [one] = await filesOf(messages, {}, 1);
    const [other] = await filesOf(messages, {}, 100);
    expect(one?.bytes.equals(other?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  test("no file has more pages than it may, and a build goes on where it was left", async () => {
    const messages = Array.from({ length: 150 }, (_, n) =>
      message(n + 1, {
        revisions: [revision(`Line\n`.repeat((n % 7) + 1) + (n % 9 === 0 ? "\u{1F642}" : ""))],
      }),
    );
    const files = await filesOf(messages, { mostPages: 3 });
    expect(files.length).toBeGreaterThan(2);
    let before = 0;
    for (const [i, { bytes, end }] of files.entries()) {
      expect(end.pages).toBeLessThanOrEqual(3);
      expect((await pagesOf(bytes)).length).toBe(end.pages);
      expect(end.firstBates).toBe(messages[before]?.bates);
      expect(end.last).toBe(i === files.length - 1);
      const [again] = await filesOf(messages.slice(before), { mostPages: 3, firstFile: i + 1 });
      expect(again?.bytes.equals(bytes)).toBe(true);
      before += end.messages;
    }
    expect(before).toBe(messages.length);
  });

  test("no file is a page longer than it may be, however long its messages are", async () => {
    const long = fc.integer({ min: 1, max: 130 });
    await fc.assert(
      fc.asyncProperty(fc.array(long, { minLength: 1, maxLength: 25 }), async (lengths) => {
        const messages = lengths.map((lines, n) =>
          message(n + 1, { revisions: [revision("x\n".repeat(lines))] }),
        );
        for (const { end, bytes } of await filesOf(messages, { mostPages: 4 })) {
          expect(bytes.toString("latin1")).toContain(`/Count ${end.pages}/MediaBox`);
          expect(end.pages).toBeLessThanOrEqual(4);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("no page is without the packet's name, its own number and the numbers of its records", async () => {
    const long = message(2, { revisions: [revision("Words.\n".repeat(100))] });
    const bytes = await fileOf([message(1), long, message(3)]);
    const pages = await pagesOf(bytes);
    expect(pages.length).toBe(3);
    pages.forEach((page, i) => {
      expect(page).toContain("LR-000012-VOL001");
      expect(bare(page)).toContain(`Page${i + 1}of3`);
      expect(page).toContain("All times are in UTC.");
    });
    expect(pages[0]).toContain("UNS-000001 \u2013 UNS-000002");
    expect(pages[1]).toContain("UNS-000002");
    expect(pages[1]).not.toContain("UNS-000003");
    expect(pages[2]).toContain("UNS-000002 \u2013 UNS-000003");
  });

  test("no number is drawn over, however long it is", async () => {
    const bates = "ABCDEFGHIJKL-ABCDEFGHIJKL-ABCDEFGHIJKL-000001";
    const [page = ""] = await pagesOf(await fileOf([message(1, { bates })]));
    expect(page).toMatch(new RegExp(`${bates}\\s*\\n`));
  });

  test("nothing but text goes in", async () => {
    const bytes = (await fileOf(said(["https://example.org/ javascript:void(0) file:///etc"]))).toString(
      "latin1",
    );
    expect(bytes).not.toMatch(
      /\/(?:URI|JS|JavaScript|OpenAction|AA|Annots|Launch|EmbeddedFiles?|AcroForm|GoToR|SubmitForm|RichMedia|XFA|CreationDate|ModDate)\b/,
    );
  });

  test("every object stands where the table says", async () => {
    const bytes = await fileOf(MESSAGES);
    const text = bytes.toString("latin1");
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
    expect(text.slice(start, start + 4)).toBe("xref");
    const entries = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)];
    entries.forEach(([, offset], i) => {
      const from = Number(offset);
      expect(text.slice(from, from + 16)).toMatch(new RegExp(`^${i + 1} 0 obj\n`));
    });
    expect(text.slice(start)).toContain(`/Size ${entries.length + 1}/`);
  });

  test.runIf(spawnSync("qpdf", ["--version"]).status === 0)("qpdf finds nothing to complain of", async () => {
    const folder = await mkdtemp(join(tmpdir(), "transcript-"));
    try {
      const path = join(folder, "transcript.pdf");
      await writeFile(path, await fileOf(MESSAGES));
      expect(execFileSync("qpdf", ["--check", path], { encoding: "utf8" })).toContain(
        "No syntax or stream encoding errors",
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("no text makes it fail, whatever units it is made of", async () => {
    const unit = fc.oneof(
      fc.nat(0xffff).map((n) => String.fromCharCode(n)),
      fc.nat(0x10ffff).map((n) => String.fromCodePoint(n)),
      fc.constantFrom(
        "\u05D0",
        "\u0627",
        "\u0301",
        "\u200D",
        "\uFE0F",
        "\u{1F469}",
        " ",
        "\n",
        "(",
        "a",
        "1",
      ),
    );
    const body = fc.string({ unit, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.array(body, { maxLength: 6 }), async (bodies) => {
        const marked = bodies.map((text, n) =>
          message(n + 1, {
            revisions: [
              revision(text, {
                body: { text, marks: [{ start: 0, end: text.length, id: "R1", reason: "" }] },
              }),
            ],
          }),
        );
        expect((await pagesOf(await fileOf([...said(bodies), ...marked]))).length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  test("no single message of the longest kind takes long", async () => {
    const most = 64 * 1024;
    const bodies = [
      "x".repeat(most),
      "\n".repeat(most),
      "e\u0301".repeat(most / 3),
      "\u05D0 a".repeat(most / 4),
      "\u{1F469}\u200D".repeat(most / 7),
    ];
    const started = performance.now();
    const files = await filesOf(said(bodies));
    expect(files.reduce((sum, { end }) => sum + end.messages, 0)).toBe(bodies.length);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test("a conversation without messages is a file that says so", async () => {
    const [file] = await filesOf([]);
    expect(file?.end).toMatchObject({ messages: 0, pages: 1, firstBates: null, last: true });
    expect((await pagesOf(file?.bytes ?? Buffer.alloc(0))).join("")).toContain("0 messages in this file");
  });

  test("what was deleted, and when, is told beside what it said", async () => {
    const deleted = message(1, { revisions: [revision("Gone words.", { deletedAt: at(90) })] });
    const text = (await pagesOf(await fileOf([deleted]))).join("");
    expect(text).toContain("Gone words.");
    expect(text).toContain("Deleted at 2026-05-01 10:01:30.000 UTC.");
  });
});
