import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { validateFileDetails, validateReport } from "../../domain/cybertip/validate.ts";
import type { FilingFile } from "../cybertip/filing/Filing.ts";
import { openExport } from "../cybertip/openExport.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { openFiling } from "./openFiling.ts";
import { readFiling } from "./readFiling.ts";
import {
  approvedReport,
  attemptOf,
  giveFile,
  nameSource,
  type PlatformFiles,
  platformFiles,
  REPORTER,
} from "./test/approvedReport.ts";

let world: World;
let platform: PlatformFiles;
let people: { writer: Person; approver: Person };
let found: Case;

const cleared = { clearances: ["child_safety"] };
beforeAll(async () => {
  world = await makeWorld();
  people = {
    writer: await world.person(["specialist"], cleared),
    approver: await world.person(["specialist"], cleared),
  };
});
afterAll(() => world.end());
beforeEach(async () => {
  platform = await platformFiles();
  await nameSource(world, platform.origin);
  found = await world.case({ files: [3, 7], restrictedSubject: "child_safety" });
});
afterEach(() => platform.end());

async function bytesOf(file: FilingFile | undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file?.open() ?? []) pieces.push(piece);
  return Buffer.concat(pieces);
}
const troubleOf = (file: FilingFile | undefined) =>
  bytesOf(file).then(
    () => "came",
    (error: { code?: string }) => error.code ?? "another error",
  );
const ids = { reportId: "4564654", fileId: "b0754af766b426f2928a02c651ed4b99" };
const now = new Date();

describe("a report on its way to NCMEC", () => {
  test("has its reporter from the settings, its files with what the log says of them, and the whole thread", async () => {
    const file = await giveFile(world, platform, found, 3);
    await giveFile(world, platform, found, 7);
    const made = await approvedReport(world, found, people, { files: [3], leftOut: [7] });
    const filing = await openFiling(await attemptOf(world, made));
    expect(filing.report.reporter).toEqual(REPORTER);
    const problems = validateReport(filing.report, { now, version: filing.version });
    expect(problems.filter((one) => one.severity === "error")).toEqual([]);
    expect(filing.files.map(({ no, kind, fileName, size }) => ({ no, kind, fileName, size }))).toEqual([
      { no: 1, kind: "attachment", fileName: "attachment-1.png", size: 1000 },
      { no: 3, kind: "transcript", fileName: `transcript-t-${found.threadId}.csv`, size: null },
      { no: 4, kind: "transcript", fileName: `transcript-t-${found.threadId}.txt`, size: null },
    ]);
    const [first, csv, text] = filing.files;
    expect(first?.details(ids)).toEqual({
      ...ids,
      fileRelevance: "Reported",
      fileViewedByEsp: false,
      exifViewedByEsp: false,
    });
    for (const one of filing.files)
      expect(validateFileDetails(one.details(ids), { now, version: filing.version, batched: false })).toEqual(
        [],
      );
    expect(await bytesOf(first)).toEqual(file.bytes);
    expect(platform.seen).toEqual([{ path: file.path, token: "Bearer placeholder-token" }]);
    const lines = (await bytesOf(csv)).toString().trimEnd().split("\r\n");
    expect(lines).toHaveLength(21);
    expect(lines[1]).toBe(
      '1,"m-0","2026-01-01T00:00:00.000Z","p-0","account-0","Example 0","text","no",,,"Placeholder message 1.",',
    );
    expect(lines[4]).toContain("attachment-1.png image/png 1000 bytes");
    expect(lines[11]).toContain(',"yes",');
    expect((await bytesOf(text)).toString()).toContain("End of the thread: 20 messages.");
    const [event] = await world.events("cybertip.content_read");
    expect(event).toMatchObject({ actor_kind: "system", outcome: "done", thread_id: found.threadId });
    expect(event?.detail).toMatchObject({ reportId: made.reportId, revision: 1, kind: "submission" });
  });

  test("cannot be printed or serialised by accident", async () => {
    const made = await approvedReport(world, found, people);
    const filing = await openFiling(await attemptOf(world, made));
    expect(inspect(filing, { depth: 9 })).toBe("[sealed]");
    expect(`${filing}`).toBe("[sealed]");
    expect(() => JSON.stringify({ filing })).toThrow("not serialised");
    expect({ ...filing }).not.toHaveProperty("report");
  });

  test("is what was approved: what arrives later is not in its transcript", async () => {
    const made = await approvedReport(world, found, people);
    const messageId = found.messageIds[0] as string;
    await world.admin`insert into sealed.messages (thread_id, id, revision, platform_message_id, sender_id, sent_at, kind, key_id,
        content_mac) select thread_id, id, 2, platform_message_id, sender_id, sent_at, kind, key_id, content_mac
      from sealed.messages where thread_id = ${found.threadId} and id = ${messageId}`;
    const filing = await openFiling(await attemptOf(world, made));
    expect((await bytesOf(filing.files[1])).toString()).toContain("Placeholder message 1.");
  });

  test("a supplement cites the report that it adds to", async () => {
    const first = await approvedReport(world, found, people);
    await world.admin`update cybertip.reports set state = 'filed', way = 'by_hand', ncmec_report_id = '7654321', environment = 'local',
      filed_at = clock_timestamp() where id = ${first.reportId}`;
    const made = await approvedReport(world, found, people, { supplements: first.reportId });
    const { report } = await openFiling(await attemptOf(world, made));
    expect(report.additionalInfo).toBe("This report supplements CyberTipline report 7654321.");
  });
});

describe("content is not read to be filed", () => {
  const openReading = async (lease: { attemptId: string; token: string }) => {
    const [row] =
      await world.admin`select cybertip.open_submission(${lease.attemptId}, ${lease.token}) as answer`;
    return row?.answer as { ok: boolean; code?: string; readingId: string };
  };
  const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });

  test("in the transaction that says that it is", async () => {
    const lease = await attemptOf(world, await approvedReport(world, found, people));
    const answer = await world.admin.begin(async (tx) => {
      const [row] = await tx`select cybertip.open_submission(${lease.attemptId}, ${lease.token}) as answer`;
      const [read] =
        await tx`select cybertip.read_submission(${row?.answer.readingId}, ${lease.token}) as answer`;
      return read?.answer;
    });
    expect(answer).toEqual({ ok: false, code: "view-not-committed" });
  });

  test("by whoever does not hold the attempt, or holds it no longer", async () => {
    const lease = await attemptOf(world, await approvedReport(world, found, people));
    const { readingId } = await openReading(lease);
    const other = { worker: true, lease: found.id } as const;
    await expect(readFiling(other, readingId)).rejects.toEqual(refused("lease-lost"));
    await expect(openFiling({ ...lease, token: found.id })).rejects.toEqual(refused("lease-lost"));
    await world.admin`update cybertip.attempts set leased_until = clock_timestamp() - interval '1 second' where id = ${lease.attemptId}`;
    await expect(readFiling({ worker: true, lease: lease.token }, readingId)).rejects.toEqual(
      refused("lease-lost"),
    );
    const denials = (await world.events("cybertip.content_read")).filter((e) => e.outcome === "denied");
    expect(denials[0]).toMatchObject({ actor_kind: "system", thread_id: found.threadId });
    expect(denials[0]?.detail).toMatchObject({ code: "lease-lost" });
  });

  test("when the reading has run out, also in the middle of a transcript", async () => {
    const lease = await attemptOf(world, await approvedReport(world, found, people));
    const { readingId } = await openReading(lease);
    const reader = { worker: true, lease: lease.token } as const;
    const filing = await readFiling(reader, readingId);
    await world.admin`update cybertip.readings set expires_at = clock_timestamp() where id = ${readingId}`;
    await expect(readFiling(reader, readingId)).rejects.toEqual(refused("view-expired"));
    await expect(bytesOf(filing.files[0])).rejects.toEqual(refused("view-expired"));
  });

  test("when the report is not approved any more, or another revision is", async () => {
    const made = await approvedReport(world, found, people);
    const lease = await attemptOf(world, made);
    const { readingId } = await openReading(lease);
    await world.admin`update cybertip.reports set state = 'draft', approved_revision = null, approved_digest = null,
      approved_by = null, approved_at = null where id = ${made.reportId}`;
    const reader = { worker: true, lease: lease.token } as const;
    await expect(readFiling(reader, readingId)).rejects.toEqual(refused("cybertip-not-approved"));
    expect(await openReading(lease)).toMatchObject({ ok: false, code: "not-approved" });
  });

  test("when that cannot be recorded", async () => {
    const lease = await attemptOf(world, await approvedReport(world, found, people));
    await world.admin`alter table audit.pending_leaves add constraint planted check (false) not valid`;
    try {
      await expect(openFiling(lease)).rejects.toMatchObject({ name: "DatabaseFailure" });
    } finally {
      await world.admin`alter table audit.pending_leaves drop constraint planted`;
    }
  });
});

describe("an attachment of the report", () => {
  const filed = async () =>
    (await openFiling(await attemptOf(world, await approvedReport(world, found, people, { files: [3] }))))
      .files[0];

  test("that the platform gives with another hash or size does not arrive whole", async () => {
    const { path, bytes } = await giveFile(world, platform, found, 3, { size: 200_000 });
    const other = Buffer.from(bytes);
    other[199_999] = (other[199_999] ?? 0) ^ 1;
    platform.files.set(path, other);
    const file = await filed();
    let size = 0;
    const read = async () => {
      for await (const piece of file?.open() ?? []) size += piece.length;
    };
    await expect(read()).rejects.toMatchObject({ name: "FileChanged", code: "file-changed" });
    expect(size).toBeLessThan(200_000);
    platform.files.set(path, bytes.subarray(1));
    expect(await troubleOf(file)).toBe("file-changed");
    platform.files.set(path, Buffer.concat([bytes, bytes]));
    expect(await troubleOf(file)).toBe("file-changed");
    platform.files.set(path, bytes);
    expect(await troubleOf(file)).toBe("came");
  });

  test("that is gone, does not come, or redirects to a private address says so", async () => {
    await giveFile(world, platform, found, 3);
    const file = await filed();
    for (const [status, code] of [
      [404, "file-gone"],
      [410, "file-gone"],
      [500, "file-unreachable"],
      [401, "file-source"],
      [302, "file-source"],
    ] as const) {
      platform.answer(status);
      expect(await troubleOf(file), String(status)).toBe(code);
    }
    await platform.end();
    expect(await troubleOf(file)).toBe("file-unreachable");
  });

  test("of 5 GB is not begun where the settings allow less", async () => {
    await giveFile(world, platform, found, 3);
    await world.admin`update sealed.attachments set size_bytes = 5000000000 where thread_id = ${found.threadId}`;
    await world.admin`update cybertip.settings set most_bytes = 1000000000`;
    expect(await troubleOf(await filed())).toBe("file-too-large");
    await world.admin`update cybertip.settings set most_bytes = 6442450944`;
    expect(platform.seen).toEqual([]);
  });

  test("at an origin that nobody named, or that may not lie inside, is not asked for", async () => {
    await giveFile(world, platform, found, 3);
    const lease = await attemptOf(world, await approvedReport(world, found, people, { files: [3] }));
    const now = async () => troubleOf((await openFiling(lease)).files[0]);
    await nameSource(world, "https://cdn.example.org");
    expect(await now()).toBe("file-source");
    await nameSource(world, platform.origin, false);
    expect(await now()).toBe("file-source");
    await world.admin`delete from cybertip.attachment_sources`;
    expect(await now()).toBe("file-source");
    expect(platform.seen).toEqual([]);
  });
});

describe("a report is taken out", () => {
  test("by a specialist who may work on it, for a reason that is on record first", async () => {
    const made = await approvedReport(world, found, people, { files: [] });
    const third = await world.person(["specialist"], cleared);
    const { readingId } = await openExport(
      third.actor,
      made.reportId,
      "Filing it by hand since the service is down.",
    );
    const [event] = await world.events("cybertip.exported");
    expect(event).toMatchObject({ actor_id: third.id, outcome: "done", thread_id: found.threadId });
    const filing = await readFiling(third.actor, readingId);
    expect(filing.report.reporter).toEqual(REPORTER);
    expect((await bytesOf(filing.files[0])).toString().split("\r\n")).toHaveLength(22);
    const again = await world.session(third.id);
    await expect(readFiling(again.actor, readingId)).rejects.toMatchObject({ code: "other-session" });
    await expect(readFiling(people.writer.actor, readingId)).rejects.toMatchObject({ code: "not-found" });
    await expect(readFiling({ ...third.actor, token: null }, readingId)).rejects.toMatchObject({
      code: "not-signed-in",
    });
  });

  test("by nobody else, and not before two people stand behind it", async () => {
    const made = await approvedReport(world, found, people, { files: [] });
    const why = "Filing it by hand since the service is down.";
    for (const [person, code] of [
      [await world.person(["specialist"]), "not-found"],
      [await world.person(["specialist"], { ...cleared, regions: ["us"] }), "not-found"],
      [await world.person(["moderator"], cleared), "wrong-role"],
      [await world.person(["lead"], cleared), "wrong-role"],
      [await world.person(["compliance_officer"]), "wrong-role"],
      [await world.person(["legal_counsel"]), "wrong-role"],
      [await world.person(["administrator"]), "wrong-role"],
    ] as const)
      await expect(openExport(person.actor, made.reportId, why), code).rejects.toMatchObject({ code });
    const { actor } = people.writer;
    await expect(openExport(actor, made.reportId, "because")).rejects.toMatchObject({
      code: "reason-without-substance",
    });
    await world.admin`update cybertip.reports set state = 'waiting', approved_revision = null, approved_digest = null,
      approved_by = null, approved_at = null where id = ${made.reportId}`;
    await expect(openExport(actor, made.reportId, why)).rejects.toMatchObject({
      code: "cybertip-not-approved",
    });
    expect(
      (await world.events("cybertip.exported")).filter((e) => e.outcome === "denied").length,
    ).toBeGreaterThan(8);
  });

  test("and not when it may be with NCMEC already: filed by hand, it could be filed twice", async () => {
    const made = await approvedReport(world, found, people, { files: [] });
    await world.admin`update cybertip.reports set state = 'stuck', stuck_code = 'cannot-tell', stuck_at = clock_timestamp()
      where id = ${made.reportId}`;
    await expect(
      openExport(people.writer.actor, made.reportId, "Filing it by hand since the service is down."),
    ).rejects.toMatchObject({ code: "filing-in-doubt" });
  });
});
