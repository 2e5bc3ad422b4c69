import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeWorld, type World } from "../test/world.ts";
import { claimCase } from "../triage/claimCase.ts";
import { keyProvider } from "./keys/provider.ts";
import { listKeys } from "./listKeys.ts";
import { openView } from "./openView.ts";
import { readView } from "./readView.ts";
import { rotateKeys } from "./rotateKeys.ts";
import { newSealer } from "./seal.ts";
import { keyBytes } from "./slots.ts";

const ROOT = join(import.meta.dirname, "../..");
let world: World;
let dataKeys: Map<string, Buffer>;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.end());
beforeEach(async () => {
  await world.admin`delete from sealed.thread_keys`;
  dataKeys = new Map();
});

interface Row {
  thread_id: string;
  key_id: string;
  kek_id: string;
  wrapped: Buffer;
}
const rows = () => world.admin<Row[]>`select * from sealed.thread_keys order by thread_id, key_id`;
const ring = async () => JSON.parse(await readFile(world.keyFile, "utf8"));

/** A data key wrapped and stored as intake does it. The test remembers it, to compare. */
async function store(): Promise<string> {
  const [threadId, keyId] = [randomUUID(), randomUUID()];
  const dataKey = randomBytes(32);
  const { kekId, wrapped } = await keyProvider().wrap(dataKey, keyBytes(threadId, keyId));
  await world.admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped) values (${threadId}, ${keyId}, ${kekId}, ${wrapped})`;
  dataKeys.set(keyId, dataKey);
  return keyId;
}
const storeMany = (count: number) => Promise.all(Array.from({ length: count }, () => store()));

/** Every stored data key still opens, to the very key that was wrapped. */
async function allOpen(): Promise<void> {
  const found = await rows();
  expect(found).toHaveLength(dataKeys.size);
  for (const row of found) {
    const opened = await keyProvider().unwrap(row.kek_id, row.wrapped, keyBytes(row.thread_id, row.key_id));
    expect(opened.equals(dataKeys.get(row.key_id) as Buffer)).toBe(true);
  }
}

describe("a rotation", () => {
  test("wraps every data key anew by a new key, over many batches, and is recorded at both ends", async () => {
    await storeMany(600);
    const before = (await ring()).current;
    const steps: number[] = [];
    const done = await rotateKeys({ dropOld: false, onProgress: ({ rewrapped }) => steps.push(rewrapped) });
    expect(done).toMatchObject({ resumed: false, rewrapped: 600, damaged: [], dropped: [], kept: [] });
    expect(done.kekId).not.toBe(before);
    expect(steps.slice(0, 3)).toEqual([250, 500, 600]);
    expect(new Set((await rows()).map((r) => r.kek_id))).toEqual(new Set([done.kekId]));
    await allOpen();
    const [started] = await world.events("keys.rotation_started");
    const [ended] = await world.events("keys.rotated");
    expect(started).toMatchObject({ actor_kind: "operator", detail: { from: before, resumed: false } });
    expect(ended).toMatchObject({
      outcome: "done",
      detail: { kekId: done.kekId, rewrapped: 600, damaged: 0 },
    });
  });

  test("leaves threads readable, in views opened before it and after it", async () => {
    const moderator = await world.person(["moderator"]);
    const found = await world.case();
    await claimCase(moderator.actor, found.id);
    const preset = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;
    const view = await openView(moderator.actor, found.id, preset);
    await rotateKeys({ dropOld: true });
    expect((await readView(moderator.actor, view.viewId)).reveal().messages[5]?.body).toBe(
      "Placeholder message 11.",
    );
    const after = await openView(moderator.actor, found.id, preset);
    expect((await readView(moderator.actor, after.viewId)).reveal().messages).toHaveLength(11);
    await world.admin`delete from sealed.thread_keys`;
  });

  test("that cannot be recorded changes nothing", async () => {
    await storeMany(3);
    const [file, stored] = [await readFile(world.keyFile, "utf8"), await rows()];
    await world.admin`alter table audit.pending_leaves add constraint planted check (false) not valid`;
    try {
      await expect(rotateKeys({ dropOld: true })).rejects.toMatchObject({ name: "DatabaseFailure" });
    } finally {
      await world.admin`alter table audit.pending_leaves drop constraint planted`;
    }
    expect(await readFile(world.keyFile, "utf8")).toBe(file);
    expect(await rows()).toEqual(stored);
  });

  test("meets what intake stores while it runs, also by a process that has not seen the new key", async () => {
    await storeMany(400);
    let running = true;
    const intake = (async () => {
      while (running) await store();
    })();
    const done = await rotateKeys({ dropOld: true });
    running = false;
    await intake;
    expect(dataKeys.size).toBeGreaterThan(400);
    expect(new Set((await rows()).map((r) => r.kek_id))).toEqual(new Set([done.kekId]));
    expect(done.dropped.length).toBeGreaterThan(0);
    await allOpen();
  });

  test("broken off in the middle leaves every key openable; the next one finishes it without adding a key", async () => {
    await storeMany(700);
    await expect(
      rotateKeys({
        dropOld: false,
        onProgress: () => {
          throw new Error("power cut");
        },
      }),
    ).rejects.toThrow("power cut");
    expect(new Set((await rows()).map((r) => r.kek_id)).size).toBe(2);
    await allOpen();
    const keks = Object.keys((await ring()).keys).length;
    const done = await rotateKeys({ dropOld: false });
    expect(done).toMatchObject({ resumed: true, rewrapped: 450 });
    expect(Object.keys((await ring()).keys)).toHaveLength(keks);
    await allOpen();
  });

  test("killed as a process (SIGKILL) is finished by the next, and two at once do not run", async () => {
    await storeMany(3000);
    const child = spawn(process.execPath, [join(ROOT, "cli/index.ts"), "keys", "rotate"], {
      cwd: ROOT,
      env: process.env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let told = "";
    const begun = new Promise<void>((resolve) => {
      child.stderr.on("data", (data) => {
        told += data;
        if (!told.includes("data keys")) return;
        // Held where it is, or it might have finished before anybody looks.
        child.kill("SIGSTOP");
        resolve();
      });
    });
    await Promise.race([begun, once(child, "close")]);
    await expect(rotateKeys({ dropOld: false })).rejects.toMatchObject({ name: "RotationUnderWay" });
    child.kill("SIGKILL");
    await once(child, "close");
    const mixed = new Set((await rows()).map((r) => r.kek_id));
    expect(mixed.size, told).toBe(2);
    await allOpen();
    // The server notices that the other end is gone, and lets go of the lock.
    await expect
      .poll(() => rotateKeys({ dropOld: false }).catch(() => null), { timeout: 60_000 })
      .toMatchObject({ resumed: true });
    expect(new Set((await rows()).map((r) => r.kek_id)).size).toBe(1);
    await allOpen();
  }, 180_000);
});

describe("a data key that does not open", () => {
  test("is reported and left as it lies, and holds up neither this rotation nor the next", async () => {
    const [tampered, moved] = await Promise.all([store(), store()]);
    await storeMany(3);
    await world.admin`update sealed.thread_keys set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where key_id = ${tampered}`;
    await world.admin`update sealed.thread_keys set thread_id = ${randomUUID()} where key_id = ${moved}`;
    const stored = (await rows()).filter((r) => r.key_id === tampered || r.key_id === moved);
    const first = await rotateKeys({ dropOld: true });
    expect(first.rewrapped).toBe(3);
    expect(first.damaged.map((d) => d.keyId).sort()).toEqual([tampered, moved].sort());
    expect(first.kept).toEqual([{ kekId: stored[0]?.kek_id, keys: 2 }]);
    const [event] = await world.events("keys.rotated");
    expect(event).toMatchObject({ outcome: "failed", detail: { damaged: 2 } });
    const second = await rotateKeys({ dropOld: false });
    expect(second).toMatchObject({ resumed: false, rewrapped: 3 });
    expect(second.kekId).not.toBe(first.kekId);
    expect((await rows()).filter((r) => r.key_id === tampered || r.key_id === moved)).toEqual(stored);
  });
});

describe("dropping old keys", () => {
  afterEach(() => world.admin`delete from sealed.thread_keys`);

  test("removes what wraps nothing, and bars it: whoever still seals with it is refused and loses nothing", async () => {
    await storeMany(5);
    const old = (await ring()).current;
    const late = await newSealer(randomUUID());
    expect(late.kekId).toBe(old);
    const done = await rotateKeys({ dropOld: true });
    expect(done.dropped).toContain(old);
    expect(Object.keys((await ring()).keys)).toEqual([done.kekId]);
    await expect(
      world.admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
        values (${randomUUID()}, ${late.keyId}, ${late.kekId}, ${late.wrapped})`,
    ).rejects.toMatchObject({ code: "UN021" });
    await allOpen();
    expect((await world.events("keys.dropped")).map((e) => e.detail.kekId)).toContain(old);
  });

  test("waits for a delivery that is under way, and then keeps the key it used", async () => {
    await storeMany(2);
    const old = (await ring()).current;
    const sealer = await newSealer(randomUUID());
    const stored = Promise.withResolvers<void>();
    const delivery = world.admin.begin(async (tx) => {
      await tx`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
        values (${randomUUID()}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
      stored.resolve();
      await new Promise((done) => setTimeout(done, 6000));
    });
    await Promise.race([stored.promise, delivery]);
    const done = await rotateKeys({ dropOld: true });
    await delivery;
    expect(done.dropped).not.toContain(old);
    expect(done.kept).toEqual([{ kekId: old, keys: 1 }]);
    expect((await ring()).keys).toHaveProperty(old);
  }, 180_000);
});

test("the list says what each key wraps, and which keys the key ring lacks", async () => {
  await storeMany(2);
  const { current } = await ring();
  expect((await listKeys()).find((kek) => kek.current)).toMatchObject({ id: current, keys: 2, known: true });
  const file = await ring();
  const { kekId } = await rotateKeys({ dropOld: false });
  await writeFile(world.keyFile, JSON.stringify(file), { mode: 0o600 });
  expect((await listKeys()).find((kek) => kek.id === kekId)).toMatchObject({ keys: 2, known: false });
});
