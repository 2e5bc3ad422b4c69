import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Door, openDoor } from "../../server/intake/test/door.ts";
import { serveIntake } from "../../server/intake/test/serve.ts";
import { postFlags } from "../postFlags.ts";
import { Told } from "../tellFailure.ts";
import { type ImportOptions, type ImportResult, importTable } from "./importTable.ts";
import { type RefusedRow, type Row, readRows } from "./readRows.ts";
import { categoryOf } from "./threadsOf.ts";

let door: Door;
let served: Awaited<ReturnType<typeof serveIntake>>;
let folder: string;
beforeAll(async () => {
  [door, folder] = await Promise.all([openDoor(), mkdtemp(join(tmpdir(), "unseal-import-"))]);
  served = await serveIntake();
});
afterAll(async () => {
  await served.close();
  await door.close();
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
async function tableOf(content: string | Buffer): Promise<string> {
  const path = join(folder, `table-${++files}.csv`);
  await writeFile(path, content);
  return path;
}
async function read(
  content: string | Buffer,
  options: Partial<{ delimiter: string; label: string | null }> = {},
) {
  const refused: RefusedRow[] = [];
  const rows: Row[] = [];
  for await (const row of readRows({
    path: await tableOf(content),
    text: "text",
    label: "label",
    delimiter: ",",
    onRefused: (row) => refused.push(row),
    ...options,
  }))
    rows.push(row);
  return { rows, refused };
}
async function importOf(
  content: string | Buffer,
  change: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  return importTable({
    path: await tableOf(content),
    text: "text",
    label: "label",
    delimiter: ",",
    category: null,
    seed: 7,
    baseUrl: served.url,
    key: door.key,
    onProgress: () => {},
    ...change,
  });
}

describe("rows", () => {
  test("keep every byte: mojibake, odd spaces, quotes, newlines, NUL, emoji", async () => {
    const texts = [
      "  leading and trailing  ",
      "Ã¥Â£900 prize",
      'say "hello"',
      "two\nlines",
      "two\r\nlines",
      "a,b;c\td",
      "\u0000nul",
      "\u202eabc",
      "👩‍👩‍👧",
      "",
      " ",
      "e\u0301",
      "\ufeffinner mark",
      "=cmd()",
      "'quoted'",
    ];
    const table = `label,text\n${texts.map((t) => `ham,"${t.replaceAll('"', '""')}"`).join("\n")}\n`;
    const { rows, refused } = await read(table);
    expect(refused).toEqual([]);
    expect(rows.map((row) => row.text)).toEqual(texts);
  });

  test("are found by the names of the columns, behind a byte order mark, with CRLF, in any order, with any delimiter", async () => {
    const { rows } = await read("\ufefftext;more;label\r\nhello;x;spam\r\nworld;;ham", { delimiter: ";" });
    expect(rows).toEqual([
      { line: 2, label: "spam", text: "hello" },
      { line: 3, label: "ham", text: "world" },
    ]);
  });

  test("that cannot be kept are refused by themselves, with their line and why", async () => {
    const table = Buffer.concat([
      Buffer.from("label,text\nham,one\nham\nham,"),
      Buffer.from([0xe9, 0x21]),
      Buffer.from(`\nham,"${"x".repeat(70_000)}"\nham,five,and more\nham,a "quote" inside\n`),
    ]);
    const { rows, refused } = await read(table);
    expect(rows.map((row) => row.text)).toEqual(["one", "five", 'a "quote" inside']);
    expect(refused.map(({ line, why }) => [line, why])).toEqual([
      [3, expect.stringContaining("fewer columns")],
      [4, expect.stringContaining("not UTF-8")],
      [5, expect.stringContaining("64 KiB")],
    ]);
  });

  test("with a quote that is never closed do not take the rest of a long file into memory", async () => {
    const { rows, refused } = await read(`label,text\nham,fine\nham,"open\n${"ham,more\n".repeat(400_000)}`);
    expect(rows[0]?.text).toBe("fine");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.why).toContain("quote that is not closed");
  });

  test("of a file that is not there, is empty, or lacks the column are told of in words", async () => {
    await expect(read("")).rejects.toThrow(Told);
    await expect(read("a,b\n1,2\n")).rejects.toThrow(/no column/);
    await expect(importOf("label,text\n", { path: join(folder, "none.csv") })).rejects.toThrow(/no file/);
  });
});

describe("an import", () => {
  const table = (n: number) =>
    `label,text\n${Array.from({ length: n }, (_, i) => `${i % 7 === 0 ? "spam" : "ham"},"Message ${i}"`).join("\n")}\n`;

  test("brings every row, in threads of 1 to 20, through the real intake, and a second one changes nothing", async () => {
    const content = table(500);
    const path = await tableOf(content);
    const first = await importOf("", { path });
    expect(first).toMatchObject({
      rows: 500,
      messages: 500,
      refusedCount: 0,
      summary: { complete: true, refused: 0 },
    });
    const sizes = await door.admin`
      select t.message_count as n from triage.threads t where t.platform_thread_id like 'import-%'`;
    expect(sizes.reduce((sum, row) => sum + row.n, 0)).toBe(500);
    expect(Math.max(...sizes.map((row) => row.n))).toBeLessThanOrEqual(20);
    expect(Math.min(...sizes.map((row) => row.n))).toBeGreaterThanOrEqual(1);
    const again = await importOf("", { path });
    expect(again).toMatchObject({ messages: 500, threads: first.threads });
    expect(
      await door.admin`select 1 from triage.threads where platform_thread_id like 'import-%'`,
    ).toHaveLength(first.threads);
  });

  test("goes on past rows that are refused, and names each with its line", async () => {
    const broken = Buffer.concat([
      Buffer.from(table(60)),
      Buffer.from([0x68, 0x61, 0x6d, 0x2c, 0xff, 0x0a]),
      Buffer.from("ham,last\n"),
    ]);
    const result = await importOf(broken);
    expect(result).toMatchObject({ rows: 62, messages: 61, refusedCount: 1 });
    expect(result.refused).toEqual([{ line: 62, why: "is not UTF-8" }]);
  });

  test("names the lines of a thread that intake refuses", async () => {
    await door.admin`update triage.queue_routes set category = 'hate' where category is null`;
    try {
      const result = await importOf(table(10), { seed: 3 });
      expect(result.messages).toBe(0);
      expect(result.refusedCount).toBe(10);
      expect(result.refused[0]).toEqual({ line: 2, why: expect.stringContaining("No queue takes") });
    } finally {
      await door.admin`update triage.queue_routes set category = null where category = 'hate'`;
    }
  });

  test("with a key that is not known, or where nothing answers, says so in words", async () => {
    await expect(importOf(table(3), { key: "uns_nobody" })).rejects.toThrow(
      /Intake refused \(401\): The key is not known/,
    );
    await expect(importOf(table(3), { baseUrl: "http://127.0.0.1:9" })).rejects.toThrow(/cannot be reached/);
  });
});

test("labels mean what they say, and nothing else", () => {
  expect(["spam", "Scam", "self-harm", "child safety", "ham", "", null].map(categoryOf)).toEqual([
    "fraud_spam",
    "fraud_spam",
    "self_harm",
    "child_safety",
    "other",
    "other",
    "other",
  ]);
});

test("a sender reads results while it sends, however many there are", async () => {
  const count = 3_000;
  let results = 0;
  const flags = function* () {
    for (let i = 0; i < count; i++) yield { id: `wrong-${i}` } as never;
  };
  const summary = await postFlags({
    baseUrl: served.url,
    key: door.key,
    flags: flags(),
    onResult: () => results++,
  });
  expect([summary.refused, results]).toEqual([count, count]);
});
