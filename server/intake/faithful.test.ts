import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBox } from "../disclosure/box.ts";
import { keyProvider } from "../disclosure/keys/provider.ts";
import { bytesText, keyBytes, type Slot, slotBytes } from "../disclosure/slots.ts";
import { aFlag, type Door, openDoor, receiptOf } from "./test/door.ts";

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

/** Opens a ciphertext as disclosure does. */
async function unseal(thread: string, keyId: string, box: Buffer, slot: Slot): Promise<string> {
  const [key] =
    await door.admin`select kek_id, wrapped from sealed.thread_keys where thread_id = ${thread} and key_id = ${keyId}`;
  const dataKey = await keyProvider().unwrap(key?.kek_id, key?.wrapped, keyBytes(thread, keyId));
  const plain = openBox(dataKey, box, slotBytes(thread, keyId, slot));
  if (!plain) throw new Error("The box does not open.");
  return bytesText(plain);
}

async function threadOf(platformThread: string): Promise<string> {
  const [row] = await door.admin`select id from triage.threads where platform_thread_id = ${platformThread}`;
  return row?.id;
}

const HARD = [
  "",
  "\u0000",
  "NUL \u0000 inside",
  "\u202eright to left\u202c",
  "Z\u0300\u0301\u0302\u0303\u0304\u0305a\u0306l\u0307g\u0308o",
  "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466} \u{1F44D}\u{1F3FD} \u{1F1EE}\u{1F1EA}",
  "\ud800",
  "a\udc00b\ud800",
  "\ufeff\u200b\u2060",
  "\ufffd\uffff\u{10ffff}",
  "e\u0301 is not \u00e9",
  "\r\n\t\u0007\u001b[31m",
  "Ã© mojibake Â£",
  "x".repeat(65_536),
  "\u{1F600}".repeat(16_384),
];

test("every text comes out as it went in: bodies, words, names, places of files", async () => {
  const flag = aFlag();
  const messages = HARD.map((body, i) => ({
    id: `m-${i + 1}`,
    senderId: "p-1",
    sentAt: "2026-03-01T09:00:00Z",
    kind: "text" as const,
    body,
    attachments: [
      { mediaType: "image/png", sizeBytes: i, location: `https://cdn.example.org/${i}?${body.slice(0, 50)}` },
    ],
  }));
  const participants = HARD.map((name, i) => ({
    id: `p-${i + 1}`,
    handle: name.slice(0, 300),
    displayName: name.slice(0, 200),
  }));
  const words = HARD.slice(0, 13).join("|");
  await receiptOf(
    await door.sendOne({ ...flag, reporter: { words }, thread: { ...flag.thread, messages, participants } }),
  );
  const thread = await threadOf(flag.thread.id);

  const rows = await door.admin`
    select m.id, m.key_id, m.body_ct, a.location_ct, m.platform_message_id as pid from sealed.messages m
      join sealed.attachments a on a.thread_id = m.thread_id and a.message_id = m.id
     where m.thread_id = ${thread} order by m.position`;
  expect(rows).toHaveLength(HARD.length);
  for (const [i, row] of rows.entries()) {
    expect(await unseal(thread, row.key_id, row.body_ct, { of: "message", id: row.id })).toBe(HARD[i]);
    expect(
      await unseal(thread, row.key_id, row.location_ct, { of: "location", id: row.id, ordinal: 0 }),
    ).toBe(messages[i]?.attachments[0]?.location);
  }
  const people =
    await door.admin`select * from sealed.participants where thread_id = ${thread} order by ordinal`;
  for (const [i, row] of people.entries()) {
    const identity = JSON.parse(
      await unseal(thread, row.key_id, row.identity_ct, { of: "identity", id: row.id }),
    );
    expect(identity).toEqual({ handle: participants[i]?.handle, displayName: participants[i]?.displayName });
  }
  const [said] = await door.admin`select * from sealed.flag_words where thread_id = ${thread}`;
  expect(await unseal(thread, said?.key_id, said?.words_ct, { of: "words", id: said?.flag_id })).toBe(words);
});

test("no body and an empty body are two things", async () => {
  const flag = aFlag();
  const messages = flag.thread.messages.map((m, i) => ({ ...m, body: i === 0 ? null : "" }));
  await receiptOf(await door.sendOne({ ...flag, thread: { ...flag.thread, messages } }));
  const rows =
    await door.admin`select body_ct from sealed.messages where thread_id = ${await threadOf(flag.thread.id)} order by position`;
  expect(rows.map((r) => r.body_ct === null)).toEqual([true, false, false]);
});

test("any text at all comes out as it went in", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "binary", maxLength: 200 }), { minLength: 1, maxLength: 8 }),
      async (bodies) => {
        const flag = aFlag();
        const messages = bodies.map((body, i) => ({
          id: `m-${i + 1}`,
          senderId: "p-1",
          sentAt: "2026-03-01T09:00:00Z",
          kind: "text" as const,
          body,
        }));
        await receiptOf(await door.sendOne({ ...flag, thread: { ...flag.thread, messages } }));
        const thread = await threadOf(flag.thread.id);
        const rows =
          await door.admin`select id, key_id, body_ct from sealed.messages where thread_id = ${thread} order by position`;
        const back = await Promise.all(
          rows.map((r) => unseal(thread, r.key_id, r.body_ct, { of: "message", id: r.id })),
        );
        expect(back).toEqual(bodies);
      },
    ),
    { numRuns: 40 },
  );
});

test("metadata are kept as they were sent: times to the microsecond, confidence, digests, hashes", async () => {
  const flag = aFlag({ confidence: 0.123456789012345, raisedAt: "2026-03-01T10:00:00.000001+02:00" });
  const [first] = flag.thread.messages;
  const file = {
    mediaType: "image/jpeg",
    sizeBytes: Number.MAX_SAFE_INTEGER,
    md5: "D41D8CD98F00B204E9800998ECF8427E",
    sha256: "ab".repeat(32),
    perceptualHash: { algorithm: "pdq", value: "f".repeat(64) },
    location: "https://cdn.example.org/x",
  };
  const message = {
    ...(first as NonNullable<typeof first>),
    kind: "media" as const,
    sentAt: "2026-03-01T09:59:59.999999-00:30",
    editedAt: "2026-03-01T11:00:00Z",
    deletedAt: "2026-03-01T12:00:00.5Z",
    attachments: [file],
  };
  await receiptOf(await door.sendOne({ ...flag, thread: { ...flag.thread, messages: [message] } }));
  const thread = await threadOf(flag.thread.id);
  const [row] = await door.admin`
    select m.kind, m.sent_at::text as sent, m.edited_at::text as edited, m.deleted_at::text as deleted,
           a.media_type, a.size_bytes, a.md5, a.sha256, a.perceptual_hash, a.perceptual_kind,
           f.confidence, f.raised_at::text as raised
      from sealed.messages m join sealed.attachments a on a.thread_id = m.thread_id and a.message_id = m.id
      join triage.flags f on f.thread_id = m.thread_id where m.thread_id = ${thread}`;
  expect(row).toEqual({
    kind: "media",
    sent: "2026-03-01 10:29:59.999999+00",
    edited: "2026-03-01 11:00:00+00",
    deleted: "2026-03-01 12:00:00.5+00",
    media_type: "image/jpeg",
    size_bytes: String(Number.MAX_SAFE_INTEGER),
    md5: file.md5.toLowerCase(),
    sha256: file.sha256,
    perceptual_hash: "f".repeat(64),
    perceptual_kind: "pdq",
    confidence: 0.123456789012345,
    raised: "2026-03-01 08:00:00.000001+00",
  });
});

test("a reporter in the thread is linked, one outside is kept beside the content", async () => {
  const inside = aFlag({ reporter: { participantId: "p-2", words: null } });
  const outside = aFlag({ reporter: { accountId: "outside-1", words: "Words." } });
  const [a, b] = await Promise.all([
    door.sendOne(inside).then(receiptOf),
    door.sendOne(outside).then(receiptOf),
  ]);
  const [one] = await door.admin`
    select p.platform_participant_id as id, f.has_words from triage.flags f
      join sealed.participants p on p.thread_id = f.thread_id and p.id = f.reporter_id where f.id = ${a.flagId}`;
  expect(one).toEqual({ id: "p-2", has_words: false });
  const [two] = await door.admin`
    select r.platform_account_id as id, f.has_words, f.reporter_id from triage.flags f
      join sealed.flag_reporters r on r.flag_id = f.id where f.id = ${b.flagId}`;
  expect(two).toEqual({ id: "outside-1", has_words: true, reporter_id: null });
});

test("no body, name, word or place of a file lies in the database in clear", async () => {
  const canary = "canary-5f2b-in-clear";
  const flag = aFlag({ reporter: { participantId: "p-1", words: `${canary} words` } });
  const messages = flag.thread.messages.map((m) => ({
    ...m,
    body: `${canary} body`,
    attachments: [{ mediaType: "image/png", sizeBytes: 1, location: `https://cdn.example.org/${canary}` }],
  }));
  const participants = flag.thread.participants.map((p) => ({
    ...p,
    handle: `${canary}-handle`,
    displayName: `${canary} name`,
  }));
  await receiptOf(await door.sendOne({ ...flag, thread: { ...flag.thread, messages, participants } }));
  const tables = await door.admin`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('staff', 'intake', 'triage', 'sealed', 'access', 'audit', 'cybertip')`;
  expect(tables.length).toBeGreaterThan(20);
  const hex = Buffer.from(canary).toString("hex");
  for (const { name } of tables) {
    const found = await door.admin.unsafe(
      `select 1 from ${name} t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'`,
      [canary, hex],
    );
    expect(found, name).toHaveLength(0);
  }
});
