import { readFile, rm, writeFile } from "node:fs/promises";
import type postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type LogWorld, logWorld, until, writeEvents } from "../test/logWorld.ts";

let world: LogWorld;
beforeAll(async () => {
  world = await logWorld();
});
afterAll(() => world.close());

const WHOLE = { unplaced: 0, altered: 0, contiguous: true, badCheckpoints: 0 };

async function expectWhole() {
  const seen = await world.whole();
  expect(seen).toMatchObject(WHOLE);
  expect(seen.distinct).toBe(seen.leaves);
  expect(seen.events).toBe(seen.leaves);
  expect(seen.signed).toBe(seen.leaves);
  return seen;
}

describe("one sequencer", () => {
  test("gives every event its place and signs, in batches of what came in a quarter of a second", async () => {
    const one = world.sequencer();
    for (const count of [1, 3, 255, 256, 257, 1000]) {
      await world.events(count);
      await world.settled();
    }
    await one.stop();
    const { leaves } = await expectWhole();
    expect(leaves).toBe(1 + 1 + 3 + 255 + 256 + 257 + 1000);
    const [row] = await world.admin`select audit.index_of(event_id) as found, log_index from audit.leaves
      order by log_index desc limit 1`;
    expect(row?.found).toBe(row?.log_index);
  });

  test("begins again from what is stored", async () => {
    const before = await world.whole();
    await world.events(70);
    const one = world.sequencer();
    await world.settled();
    await one.stop();
    expect((await expectWhole()).leaves).toBe(before.leaves + 70);
  });

  test("waits out transactions that come late, and loses none of them", async () => {
    const one = world.sequencer();
    const late = await world.admin.reserve();
    await late`begin`;
    await writeEvents(late as unknown as typeof world.admin, 1);
    // Younger ones are on their way before it.
    await world.events(300);
    await world.settled();
    await late`commit`;
    late.release();
    await world.settled();
    await one.stop();
    await expectWhole();
  });

  test("is not blocked by a leaf that is too long: its hash stands for it", async () => {
    const [event] =
      await world.admin`select audit.write(null::staff.actor, 'operator', 'staff.changed', 'done', '{}') as id`;
    await world.admin.unsafe(`alter table audit.pending_leaves drop constraint leaf_fits`);
    await world.admin`update audit.pending_leaves set leaf = repeat('x', 70000) where event_id = ${event?.id}`;
    await world.events(5);
    const one = world.sequencer();
    await world.settled();
    await one.stop();
    const [leaf] =
      await world.admin`select leaf, encode(sha256(convert_to(repeat('x', 70000), 'UTF8')), 'hex') as hash
      from audit.leaves where event_id = ${event?.id}`;
    expect(JSON.parse(leaf?.leaf)).toEqual({ id: event?.id, leafSha256: leaf?.hash, v: 1 });
    expect(await world.whole()).toMatchObject({ ...WHOLE, altered: 1 });
    await world.admin.unsafe(
      `alter table audit.pending_leaves add constraint leaf_fits check (octet_length(leaf) <= 65535)`,
    );
    await expect(
      world.admin`insert into audit.pending_leaves (event_id, leaf) values (gen_random_uuid(), repeat('x', 65536))`,
    ).rejects.toMatchObject({ code: "23514" });
  });
});

describe("nothing is signed in doubt", () => {
  /** Runs a sequencer until it says that it stopped. */
  async function stopsWith(problem: string, options: Parameters<LogWorld["sequencer"]>[0] = {}) {
    const before = await world.whole();
    await world.events(3);
    // What an earlier one stopped with is not to be taken for this one's word.
    await world.admin`update audit.sequencer set problem = null`;
    const one = world.sequencer(options);
    await until(async () => (await world.state()).problem === problem);
    await one.stop();
    const after = await world.whole();
    expect(after.leaves).toBe(before.leaves);
    const [waiting] = await world.admin`select count(*)::int as n from audit.pending_leaves`;
    expect(waiting?.n).toBeGreaterThanOrEqual(3);
  }
  /** What was in the way is gone: the log goes on without a hand. */
  afterEach(async () => {
    const one = world.sequencer();
    await world.settled();
    await one.stop();
    expect(await world.whole()).toMatchObject({ unplaced: 0, contiguous: true, badCheckpoints: 0 });
  });

  test("when a leaf in the open tile was changed", async () => {
    const [last] =
      await world.admin`select log_index, leaf from audit.leaves order by log_index desc limit 1`;
    await world.admin`update audit.leaves set leaf = '{}' where log_index = ${last?.log_index}`;
    await stopsWith("tree-differs");
    await world.admin`update audit.leaves set leaf = ${last?.leaf} where log_index = ${last?.log_index}`;
  });

  test("when a tile is missing or was changed", async () => {
    const [tile] =
      await world.admin`select level, tile, hashes from audit.tiles where level = 0 order by tile limit 1`;
    await world.admin`update audit.tiles set hashes = decode(repeat('00', 8192), 'hex') where level = 0 and tile = ${tile?.tile}`;
    await stopsWith("tree-differs");
    await world.admin`delete from audit.tiles where level = 0 and tile = ${tile?.tile}`;
    await stopsWith("tree-differs");
    await world.admin`insert into audit.tiles (level, tile, hashes) values (0, ${tile?.tile}, ${tile?.hashes})`;
  });

  test("when a leaf was put in behind the sequencer's back", async () => {
    const [next] = await world.admin`select max(log_index) + 1 as place from audit.leaves`;
    await world.admin`insert into audit.leaves (log_index, event_id, leaf) values (${next?.place}, gen_random_uuid(), '{}')`;
    await stopsWith("tree-differs");
    await world.admin`delete from audit.leaves where log_index = ${next?.place}`;
  });

  test("when the newest checkpoint was changed while it ran", async () => {
    const one = world.sequencer();
    await until(async () => (await world.state()).state === "running");
    const [head] = await world.admin`select size, note from audit.checkpoints order by size desc limit 1`;
    await world.admin`update audit.checkpoints set note = replace(note, '2', '3') where size = ${head?.size}`;
    await world.events(3);
    await until(async () => (await world.state()).state === "stopped");
    expect(["tree-differs", "key-wrong"]).toContain((await world.state()).problem);
    await world.admin`update audit.checkpoints set note = ${head?.note} where size = ${head?.size}`;
    await one.stop();
  });

  test("when the key is another, unreadable or not on record", async () => {
    const own = await readFile(world.keyFile, "utf8");
    await writeFile(world.keyFile, "{}");
    await stopsWith("key-unreadable");
    const other = JSON.parse(own);
    other.keys[0].seed = Buffer.alloc(32, 7).toString("base64");
    await writeFile(world.keyFile, JSON.stringify(other));
    await stopsWith("key-not-on-record");
    const { readLogKeys } = await import("../keyFile.ts");
    const { keys } = await readLogKeys(world.keyFile);
    await world.admin`insert into audit.log_keys (vkey, key_id, origin, added_size)
      values (${keys[0]?.vkey ?? ""}, ${keys[0]?.signer.keyId ?? ""}, 'x', 0)`;
    await stopsWith("key-wrong");
    await world.admin`delete from audit.log_keys where origin = 'x'`;
    await writeFile(world.keyFile, own);
  });

  test("when the database was put back to what it was before", async () => {
    const [size] = await world.admin`select max(size) as size from audit.checkpoints`;
    const head = await readFile(`${world.keyFile}.head`, "utf8");
    expect(head.split("\n")[1]).toBe(String(size?.size));
    const [cut] =
      await world.admin`select max(size) as size from audit.checkpoints where size < ${size?.size}`;
    const leaves = await world.admin`delete from audit.leaves where log_index >= ${cut?.size} returning *`;
    const [checkpoint] =
      await world.admin`delete from audit.checkpoints where size > ${cut?.size} returning *`;
    await stopsWith("behind-what-was-signed");
    for (const leaf of leaves) await world.admin`insert into audit.leaves ${world.admin(leaf)}`;
    await world.admin`insert into audit.checkpoints ${world.admin(checkpoint as postgres.Row)}`;
  });

  test("when this machine's clock is an hour off", async () => {
    await stopsWith("clock-differs", { now: () => Date.now() + 3_600_000 });
    await stopsWith("clock-differs", { now: () => Date.now() - 3_600_000 });
  });

  test("when the disk is full", async () => {
    await world.admin.unsafe(`create function public.full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'disk full' using errcode = '53100'; end $$;
      create trigger planted before insert on audit.checkpoints for each statement execute function public.full_disk()`);
    await stopsWith("database-53100");
    await world.admin.unsafe("drop trigger planted on audit.checkpoints; drop function public.full_disk()");
  });
});

test("without its memory of what it signed last, the log goes on", async () => {
  await rm(`${world.keyFile}.head`);
  const one = world.sequencer();
  await world.events(10);
  await world.settled();
  await one.stop();
  expect(await world.whole()).toMatchObject({ unplaced: 0, contiguous: true, badCheckpoints: 0 });
});
