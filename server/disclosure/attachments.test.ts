import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { answerRequest } from "../access/answerRequest.ts";
import { openRequest } from "../access/openRequest.ts";
import { requestAccess } from "../access/requestAccess.ts";
import { ask, reason } from "../access/test/stage.ts";
import type { Actor } from "../actor.ts";
import { type Case, makeWorld, type Person, type World } from "../test/world.ts";
import { closeView } from "./closeView.ts";
import { openAttachment } from "./openAttachment.ts";
import { openFiling } from "./openFiling.ts";
import { openView } from "./openView.ts";
import { readAttachment } from "./readAttachment.ts";
import { showAttachment } from "./showAttachment.ts";
import {
  approvedReport,
  attemptOf,
  giveFile,
  nameSource,
  type PlatformFiles,
  platformFiles,
} from "./test/approvedReport.ts";
import { writeAttachment } from "./writeAttachment.ts";

let world: World;
let platform: PlatformFiles;
let found: Case;
let specialist: Person;
let other: Person;
let approver: Person;
let file: Awaited<ReturnType<typeof giveFile>>;

const cleared = { clearances: ["child_safety"] };
beforeAll(async () => {
  world = await makeWorld();
  specialist = await world.person(["specialist"], cleared);
  other = await world.person(["specialist"], cleared);
  approver = await world.person(["specialist"], cleared);
  platform = await platformFiles();
  await nameSource(world, platform.origin);
});
afterAll(async () => {
  await platform.end();
  await world.end();
});
beforeEach(async () => {
  // The flagged message carries the file: a view of the attachments covers it.
  found = await world.case({ files: [10], restrictedSubject: "child_safety" });
  file = await giveFile(world, platform, found, 10, { size: 150_000 });
  await world.admin`update triage.flags set category = 'child_safety' where case_id = ${found.id}`;
});
afterEach(() => platform.answer(null));

const refused = (code: string) => expect.objectContaining({ name: "Refusal", code });
const pointer = () => ({ messageId: file.messageId, revision: 1, ordinal: 0 });

/** A view as it comes about: asked for on one's own claim, approved by another, taken up. */
async function viewOf(
  person: Person,
  scope: "attachment" | "flagged_window" = "attachment",
): Promise<string> {
  await world.admin`update triage.cases set claimed_by = ${person.id}, claimed_session = ${person.sessionId},
    claimed_at = clock_timestamp(), claim_expires_at = clock_timestamp() + interval '3 minutes' where id = ${found.id}`;
  const asked = { purpose: "child_safety_report", scope, reason: reason() } as const;
  if (scope === "flagged_window")
    return (await openView(person.actor, found.id, { ...asked, preset: false })).viewId;
  const request = await requestAccess(person.actor, found.id, ask(asked));
  if (request.state !== "pending") throw new Error("Nobody had to approve it.");
  await answerRequest(approver.actor, request.requestId, "approved", null);
  return (await openRequest(person.actor, request.requestId)).viewId;
}

async function read(actor: Actor, readingId: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await readAttachment(actor, readingId)).bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Opens, reads and shows the file to a person. */
async function look(person = specialist): Promise<string> {
  const { readingId } = await openAttachment(person.actor, await viewOf(person), pointer());
  await read(person.actor, readingId);
  await showAttachment(person.actor, readingId);
  return readingId;
}

/** What the report that is filed says of the file. */
async function viewedByEsp(): Promise<unknown> {
  const people = { writer: specialist, approver: other };
  const made = await approvedReport(world, found, people, { files: [10], transcript: false });
  const [first] = (await openFiling(await attemptOf(world, made))).files;
  const said = first?.details({ reportId: "1", fileId: "a" });
  expect(said?.exifViewedByEsp).toBe(false);
  return said?.fileViewedByEsp;
}

describe("an attachment", () => {
  test("goes out to whoever opened it under a view of the attachments, with the reason on record first", async () => {
    const viewId = await viewOf(specialist);
    const opened = await openAttachment(specialist.actor, viewId, pointer());
    expect(opened).toMatchObject({ mediaType: "image/png", sizeBytes: 150_000 });
    const [event] = await world.events("attachment.opened");
    expect(event).toMatchObject({ outcome: "done", view_id: viewId, purpose: "child_safety_report" });
    expect(event?.reason).toMatch(/^Looking into/);
    expect(await read(specialist.actor, opened.readingId)).toEqual(file.bytes);
    const [row] = await world.admin`select * from access.attachment_readings where id = ${opened.readingId}`;
    expect(row).toMatchObject({ sent_bytes: "150000", shown_at: null });
    expect(row?.sent_whole_at).not.toBeNull();
  });

  test("is answered as bytes that no browser draws by itself, and that nothing keeps", async () => {
    const { readingId } = await openAttachment(specialist.actor, await viewOf(specialist), pointer());
    const response = writeAttachment("/test", await readAttachment(specialist.actor, readingId));
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toBe("attachment");
    expect(response.headers.get("cache-control")).toContain("no-store");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(file.bytes);
  });

  test("is not opened under a view of anything else, of another message, of somebody else, or that has ended", async () => {
    const narrow = await viewOf(specialist, "flagged_window");
    const { actor } = specialist;
    await expect(openAttachment(actor, narrow, pointer())).rejects.toEqual(refused("view-without-files"));
    const view = await viewOf(specialist);
    const far = { ...pointer(), messageId: found.messageIds[1] as string };
    await expect(openAttachment(actor, view, far)).rejects.toEqual(refused("not-found"));
    await expect(openAttachment(actor, view, { ...pointer(), ordinal: 1 })).rejects.toEqual(
      refused("not-found"),
    );
    await expect(openAttachment(other.actor, view, pointer())).rejects.toEqual(refused("not-found"));
    await expect(openAttachment(actor, randomUUID(), pointer())).rejects.toEqual(refused("not-found"));
    await closeView(actor, view);
    await expect(openAttachment(actor, view, pointer())).rejects.toEqual(refused("view-ended"));
    const denied = (await world.events("attachment.opened")).filter((e) => e.outcome === "denied");
    expect(denied.length).toBeGreaterThanOrEqual(6);
  });

  test("is not fetched in the transaction that opened it, by another session, or once the view has ended", async () => {
    const view = await viewOf(specialist);
    const answer = await world.admin.begin(async (tx) => {
      const [opened] =
        await tx`select access.open_attachment(${specialist.actor as never}, ${view}, ${file.messageId}, 1, 0) as answer`;
      const [again] =
        await tx`select access.read_attachment(${specialist.actor as never}, ${opened?.answer.readingId}) as answer`;
      return again?.answer;
    });
    expect(answer).toMatchObject({ ok: false, code: "view-not-committed" });
    const { readingId } = await openAttachment(specialist.actor, view, pointer());
    const session = await world.session(specialist.id);
    await expect(read(session.actor, readingId)).rejects.toMatchObject({ code: "other-session" });
    await expect(read(other.actor, readingId)).rejects.toMatchObject({ code: "not-found" });
    await closeView(specialist.actor, view);
    await expect(read(specialist.actor, readingId)).rejects.toMatchObject({ code: "view-ended" });
    expect(platform.seen.filter((one) => one.path === file.path)).toEqual([]);
  });

  test.each([
    [404, "file-gone"],
    [302, "file-source"],
    [503, "file-unreachable"],
  ])("that the platform answers with %d is said to be %s", async (status, code) => {
    const { readingId } = await openAttachment(specialist.actor, await viewOf(specialist), pointer());
    platform.answer(status);
    await expect(read(specialist.actor, readingId)).rejects.toEqual(refused(code));
  });
});

describe("viewed by us", () => {
  test("is false while nobody looked", async () => {
    expect(await viewedByEsp()).toBe(false);
  });

  test("is false when the file went out, blurred, and nobody asked to see it", async () => {
    const { readingId } = await openAttachment(specialist.actor, await viewOf(specialist), pointer());
    await read(specialist.actor, readingId);
    expect(await viewedByEsp()).toBe(false);
  });

  test("is true once somebody was shown the whole of this very file", async () => {
    const readingId = await look();
    const [event] = await world.events("attachment.shown");
    expect(event).toMatchObject({ outcome: "done", actor_id: specialist.id });
    expect(event?.detail).toMatchObject({ attachmentReadingId: readingId, messageId: file.messageId });
    await showAttachment(specialist.actor, readingId);
    expect(
      (await world.events("attachment.shown")).filter((e) => e.detail.attachmentReadingId === readingId),
    ).toHaveLength(1);
    expect(await viewedByEsp()).toBe(true);
  });

  test("cannot be said of a file that did not go out whole, by somebody else, or of another file", async () => {
    const view = await viewOf(specialist);
    const { readingId } = await openAttachment(specialist.actor, view, pointer());
    await expect(showAttachment(specialist.actor, readingId)).rejects.toEqual(refused("file-not-whole"));
    const changed = Buffer.from(file.bytes);
    changed[149_999] = (changed[149_999] ?? 0) ^ 1;
    platform.files.set(file.path, changed);
    await expect(read(specialist.actor, readingId)).rejects.toMatchObject({ code: "file-changed" });
    await expect(showAttachment(specialist.actor, readingId)).rejects.toEqual(refused("file-not-whole"));
    await expect(showAttachment(other.actor, readingId)).rejects.toEqual(refused("not-found"));
    // Also not by a web process that says so of other bytes.
    const said = (sha256: string, bytes: number) =>
      world.admin`select access.attachment_sent(${specialist.actor as never}, ${readingId}, ${sha256}, ${bytes}) as answer`;
    for (const [sha256, bytes] of [
      ["0".repeat(64), 150_000],
      [(await recordedHash()) as string, 149_999],
    ] as const) {
      const [row] = await said(sha256, bytes);
      expect(row?.answer).toEqual({ ok: false, code: "file-changed" });
    }
    expect(await viewedByEsp()).toBe(false);
  });

  test("cannot be had by a row without its event, by an event without its row, or in the transaction that says so", async () => {
    const people = { writer: specialist, approver: other };
    const made = await approvedReport(world, found, people, { files: [10] });
    const viewed = async (sql: Pick<typeof world.admin, "unsafe">) =>
      (await sql.unsafe("select viewed from cybertip.files_viewed($1, 1, null)", [made.reportId]))[0]?.viewed;
    await world.admin`insert into access.attachment_readings (view_id, case_id, thread_id, message_id, revision, ordinal, staff_id,
        session_id, event_id, expires_at, sent_whole_at, sha256, sent_bytes, shown_at, shown_event, shown_xid)
      values (${randomUUID()}, ${found.id}, ${found.threadId}, ${file.messageId}, 1, 0, ${specialist.id}, ${specialist.sessionId},
        ${randomUUID()}, now(), now(), ${(await recordedHash()) as string}, 150000, now(), ${randomUUID()}, '3')`;
    expect(await viewed(world.admin)).toBe(false);
    const { readingId } = await openAttachment(specialist.actor, await viewOf(specialist), pointer());
    await read(specialist.actor, readingId);
    const inside = await world.admin.begin(async (tx) => {
      await tx`select access.attachment_shown(${specialist.actor as never}, ${readingId})`;
      return viewed(tx);
    });
    expect(inside).toBe(false);
    expect(await viewed(world.admin)).toBe(true);
  });

  test("holds the report to the file that was looked at, also where the platform recorded no hash", async () => {
    file = await giveFile(world, platform, found, 10, { size: 5_000, hashed: false });
    await look();
    const people = { writer: specialist, approver: other };
    const made = await approvedReport(world, found, people, { files: [10], transcript: false });
    const [first] = (await openFiling(await attemptOf(world, made))).files;
    expect(first?.details({ reportId: "1", fileId: "a" }).fileViewedByEsp).toBe(true);
    const changed = Buffer.from(file.bytes);
    changed[0] = (changed[0] ?? 0) ^ 1;
    platform.files.set(file.path, changed);
    const send = async () => {
      for await (const _ of first?.open() ?? []);
    };
    await expect(send()).rejects.toMatchObject({ code: "file-changed" });
  });

  async function recordedHash(): Promise<unknown> {
    const [row] =
      await world.admin`select sha256 from sealed.attachments where thread_id = ${found.threadId}`;
    return row?.sha256;
  }
});
