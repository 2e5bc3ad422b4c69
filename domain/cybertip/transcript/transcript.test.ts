import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chatIncident } from "./chatIncident.ts";
import type { TranscriptMessage, TranscriptThread } from "./transcript.ts";
import { TRANSCRIPT_COLUMNS, transcriptCsv } from "./transcriptCsv.ts";
import { transcriptText } from "./transcriptText.ts";

const thread: TranscriptThread = {
  id: "thread-1",
  product: "Sample Messenger",
  participants: [
    { id: "p-1", handle: "first", displayName: "First" },
    { id: "p-2", handle: null, displayName: null },
  ],
};
const message = (n: number, more: Partial<TranscriptMessage> = {}): TranscriptMessage => ({
  id: `m-${n}`,
  senderId: n % 2 ? "p-1" : "p-2",
  sentAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n)),
  kind: "text",
  body: `Placeholder ${n}.`,
  editedAt: null,
  deletedAt: null,
  flagged: false,
  attachments: [],
  ...more,
});
const joined = async (pieces: AsyncIterable<string>) => {
  let all = "";
  for await (const piece of pieces) all += piece;
  return all;
};
const anyText = fc.string({ unit: fc.nat(0xffff).map((n) => String.fromCharCode(n)), maxLength: 40 });

describe("transcript", () => {
  test("reads back from CSV, whatever was written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { maxLength: 5 }), async (bodies) => {
        const csv = await joined(
          transcriptCsv(
            thread,
            bodies.map((body, i) => message(i, { body })),
          ),
        );
        expect(csv.isWellFormed()).toBe(true);
        const rows: string[][] = parse(csv, { relaxColumnCount: false });
        expect(rows[0]).toEqual(TRANSCRIPT_COLUMNS);
        expect(rows.length).toBe(bodies.length + 1);
        for (const row of rows.slice(1)) expect(row[10]).not.toMatch(/^[=+\-@\t\r]/);
      }),
      { numRuns: 300 },
    );
  });

  test("no message passes for another in text", async () => {
    const forged = "hello\n2026-01-01T00:00:09.000Z [m-9] p-2: forged\r\n\u2028again\u202Etxet";
    const text = await joined(transcriptText(thread, [message(1, { body: forged }), message(2)]));
    expect(text.split("\n").filter((line) => /^\d{4}-/.test(line)).length).toBe(2);
    expect(text).toContain("    | 2026-01-01T00:00:09.000Z [m-9] p-2: forged");
    expect(text).toContain("[U+202E]");
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (body, name) => {
        const odd = { ...thread, participants: [{ id: "p-1", handle: name, displayName: null }] };
        const all = await joined(transcriptText(odd, [message(1, { body })]));
        expect(all.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).filter((line) => /^\S/.test(line)).length).toBe(
          6,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("marks edits, deletion and attachments", async () => {
    const at = new Date("2026-01-02T00:00:00Z");
    const attachment = { id: "a-1", mediaType: "image/png", sizeBytes: 10, md5: "00", sha256: null };
    const one = message(1, { body: null, editedAt: at, deletedAt: at, attachments: [attachment] });
    const text = await joined(transcriptText(thread, [one]));
    expect(text).toContain("p-1 (first): (no text)");
    expect(text).toContain("* edited 2026-01-02T00:00:00.000Z");
    expect(text).toContain("* deleted 2026-01-02T00:00:00.000Z");
    expect(text).toContain("* attachment a-1: image/png, 10 bytes, md5 00");
  });

  test("an extract quotes what surrounds flagged messages and counts the rest", async () => {
    const all = Array.from({ length: 100 }, (_, i) => message(i, { flagged: i === 50 || i === 54 }));
    const { incident, quoted, leftOut } = await chatIncident(thread, all, { around: 2 });
    expect([quoted, leftOut]).toEqual([9, 91]);
    expect(incident.chatRoomName).toBe("thread-1");
    expect(incident.content).toMatch(
      /^All times are in UTC\.\n\(48 messages left out\)\n2026-01-01T00:00:48/,
    );
    expect(incident.content).toMatch(/\[m-56\].*\n\(43 messages left out\)\n$/);
    const whole = await chatIncident(thread, all);
    expect([whole.quoted, whole.leftOut]).toEqual([100, 0]);
    const short = await chatIncident(thread, all, { most: 300 });
    expect(short.quoted + short.leftOut).toBe(100);
    expect(short.incident.content?.length).toBeLessThan(400);
  });

  test("100,000 messages pass in small pieces", async () => {
    async function* many() {
      for (let i = 0; i < 100_000; i++) yield message(i);
    }
    let largest = 0;
    let bytes = 0;
    for await (const piece of transcriptCsv(thread, many())) {
      largest = Math.max(largest, piece.length);
      bytes += piece.length;
    }
    expect(bytes).toBeGreaterThan(5_000_000);
    expect(largest).toBeLessThan(100_000);
  });
});
