import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readDocument } from "../../domain/cybertip/readDocument.ts";
import { OFFICIAL_XSD, SchemaCheck } from "../../domain/cybertip/test/officialSchema.ts";
import type { Filing } from "../cybertip/filing/Filing.ts";
import { openExport } from "../cybertip/openExport.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { readFiling } from "./readFiling.ts";
import {
  approvedReport,
  giveFile,
  nameSource,
  type PlatformFiles,
  platformFiles,
} from "./test/approvedReport.ts";
import { writeExport } from "./writeExport.ts";

let world: World;
let platform: PlatformFiles;
let people: { writer: Person; approver: Person };
let found: Case;
let folder: string;

const cleared = { clearances: ["child_safety"] };
beforeAll(async () => {
  world = await makeWorld();
  people = {
    writer: await world.person(["specialist"], cleared),
    approver: await world.person(["specialist"], cleared),
  };
  platform = await platformFiles();
  await nameSource(world, platform.origin);
  folder = await mkdtemp(join(tmpdir(), "unseal-export-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await platform.end();
  await world.end();
});
beforeEach(async () => {
  found = await world.case({ files: [3, 7], restrictedSubject: "child_safety" });
});

async function exported(): Promise<Response> {
  const made = await approvedReport(world, found, people, { files: [3, 7] });
  const { readingId, number, revision } = await openExport(
    people.writer.actor,
    made.reportId,
    "Filing it by hand since the service is down.",
  );
  const filing = await readFiling(people.writer.actor, readingId);
  return writeExport("/test", filing, { number, revision, readingId, now: new Date() });
}

/** Unpacks with a program that others wrote. */
async function unpacked(response: Response): Promise<string> {
  const place = await mkdtemp(join(folder, "zip-"));
  await writeFile(join(place, "export.zip"), Buffer.from(await response.arrayBuffer()));
  const python =
    "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])";
  await promisify(execFile)("python3", ["-c", python, join(place, "export.zip"), place]);
  await rm(join(place, "export.zip"));
  return place;
}

test("an export holds the documents, the files, how to file them, and the hash of everything", async () => {
  const [first, second] = [
    await giveFile(world, platform, found, 3),
    await giveFile(world, platform, found, 7),
  ];
  const response = await exported();
  expect(response.headers.get("cache-control")).toContain("no-store");
  const place = await unpacked(response);
  const transcript = `transcript-t-${found.threadId}`;
  expect((await readdir(place)).sort()).toEqual(
    [
      "README.txt",
      "fileDetails-1.xml",
      "fileDetails-2.xml",
      "fileDetails-3.xml",
      "fileDetails-4.xml",
      "files",
      "manifest.json",
      "report.xml",
    ].sort(),
  );
  expect(await readFile(join(place, "files/attachment-1.png"))).toEqual(first.bytes);
  expect(await readFile(join(place, "files/attachment-2.png"))).toEqual(second.bytes);
  const manifest = JSON.parse(await readFile(join(place, "manifest.json"), "utf8"));
  expect(manifest.files.map((one: { fileName: string }) => one.fileName)).toEqual([
    "attachment-1.png",
    "attachment-2.png",
    `${transcript}.csv`,
    `${transcript}.txt`,
  ]);
  for (const one of manifest.files) {
    const bytes = await readFile(join(place, "files", one.fileName));
    expect(one.bytes).toBe(bytes.length);
    expect(one.md5).toBe(createHash("md5").update(bytes).digest("hex"));
    expect(one.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
  for (const one of manifest.documents)
    expect(one.sha256).toBe(
      createHash("sha256")
        .update(await readFile(join(place, one.name)))
        .digest("hex"),
    );
  expect(manifest.calls.map((one: { call: string }) => one.call)).toEqual([
    "POST /submit",
    ...Array(4).fill(["POST /upload", "POST /fileinfo"]).flat(),
    "POST /finish",
  ]);
  const report = readDocument(
    "report",
    await readFile(join(place, "report.xml"), "utf8"),
    "2025-11",
    1_000_000,
  );
  expect(report).toMatchObject({ kind: "read", misfits: [] });
  if (OFFICIAL_XSD !== null) {
    using check = new SchemaCheck(OFFICIAL_XSD);
    for (const name of ["report.xml", "fileDetails-1.xml", "fileDetails-4.xml"])
      expect(check.problemOf(await readFile(join(place, name), "utf8")), name).toBeNull();
  }
});

test("an export is refused before anything is sent when a file is gone, and breaks off when one is another", async () => {
  const first = await giveFile(world, platform, found, 3);
  const second = await giveFile(world, platform, found, 7, { size: 300_000 });
  const changed = Buffer.from(second.bytes);
  changed[299_999] = (changed[299_999] ?? 0) ^ 1;
  platform.files.set(second.path, changed);
  const response = await exported();
  await expect(response.arrayBuffer()).rejects.toThrow();
  platform.files.delete(first.path);
  found = await world.case({ files: [3, 7], restrictedSubject: "child_safety" });
  await giveFile(world, platform, found, 3);
  const gone = await giveFile(world, platform, found, 7);
  platform.files.delete(gone.path);
  await expect(exported()).rejects.toMatchObject({ name: "Refusal", code: "file-gone" });
});

test("an export of any size is held in pieces, and stops being fetched when nobody takes it any more", async () => {
  let made = 0;
  let ended = false;
  const piece = new Uint8Array(1024 * 1024);
  const filing: Filing = {
    report: {
      incidentSummary: {
        incidentType: "Online Enticement of Children for Sexual Acts",
        incidentDateTime: "2026-01-01T00:10:00Z",
      },
      reporter: { reportingPerson: { email: [{ value: "reporter@example.org" }] } },
    },
    version: "2025-11",
    files: [
      {
        no: 1,
        kind: "transcript",
        fileName: "transcript-1.csv",
        size: null,
        details: (ids) => ids,
        async *open() {
          try {
            for (; made < 5_000; made++) yield piece;
          } finally {
            ended = true;
          }
        },
      },
    ],
  };
  const about = { number: 1, revision: 1, readingId: "r", now: new Date() };
  const response = await writeExport("/test", filing, about);
  const reader = response.body?.getReader();
  let taken = 0;
  const before = process.memoryUsage().arrayBuffers;
  while (taken < 200 * 1024 * 1024) taken += (await reader?.read())?.value?.length ?? 0;
  expect(made).toBeLessThan(220);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
  await reader?.cancel();
  await expect.poll(() => ended).toBe(true);
});
