import { execFile } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openAuditSession, type Session } from "../../../db/auditSession.ts";
import { signCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { leafHash, rootOf } from "../../../domain/tlog/merkle.ts";
import { parseVkey, type Verifier } from "../../../domain/tlog/note.ts";
import { decodeBundle, encodeBundle, entriesPath, tilePath, tilesOf } from "../../../domain/tlog/tiles.ts";
import { exportLog } from "../export/exportLog.ts";
import { newLogKey, readLogKeys } from "../keyFile.ts";
import { proveEvent } from "../proveEvent.ts";
import { type LogWorld, logWorld, ORIGIN } from "../test/logWorld.ts";
import type { Fault } from "./findings.ts";
import { type VerifyOptions, verifyExport } from "./verifyExport.ts";

let world: LogWorld;
let session: Session;
let folder: string;
let early: string;
/** The log at about 600 leaves, and at about 900. It begins with leaves as they were before they told of the user agent. */
beforeAll(async () => {
  world = await logWorld();
  session = await openAuditSession(world.urls.audit, "test");
  folder = await mkdtemp(join(tmpdir(), "unseal-verify-"));
  await world.events(600);
  await world.admin`update audit.events set user_agent = 'Example Browser 1'`;
  await world.admin`update audit.pending_leaves p set leaf = audit.leaf(e, case when e.detail ->> 'n' > '3' then 2 else 1 end)
    from audit.events e where e.id = p.event_id`;
  await sequence(0);
  early = join(folder, "early");
  await exportLog(session.query, early);
  await sequence(300);
  await exportLog(session.query, join(folder, "whole"));
});
afterAll(async () => {
  await session.end();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function sequence(count: number) {
  const one = world.sequencer();
  await world.events(count);
  await world.settled();
  await one.stop();
}

let copies = 0;
/** A copy of the export for an attacker. */
async function copy(of = "whole"): Promise<string> {
  const to = join(folder, `copy-${copies++}`);
  await cp(join(folder, of), to, { recursive: true });
  return to;
}

const verify = (path: string, options: Partial<VerifyOptions> = {}) =>
  verifyExport({ folder: path, keys: [world.verifier], ...options });
const faults = async (path: string, options: Partial<VerifyOptions> = {}) => {
  const { findings } = await verify(path, options);
  return findings.map(({ fault, index }) => [fault, index] as [Fault, number | null]);
};
const read = (path: string, file: string) => readFile(join(path, file));
const sizeOf = async (path: string) => Number((await read(path, "checkpoint")).toString().split("\n")[1]);

/** Rewrites a bundle of entries. */
async function rewrite(path: string, file: string, change: (entries: Buffer[]) => Buffer[]) {
  const entries = decodeBundle(await read(path, file)) ?? [];
  await writeFile(join(path, file), encodeBundle(change(entries)));
}

describe("a sound export", () => {
  test("holds in every part, and goes on from the earlier one", async () => {
    const since = [(await read(early, "checkpoint")).toString()];
    const verdict = await verify(join(folder, "whole"), { since });
    expect(verdict.findings).toEqual([]);
    expect(verdict).toMatchObject({ count: 0, leaves: await sizeOf(join(folder, "whole")), forgotten: 0 });
    expect(verdict.goesOnFrom).toEqual([await sizeOf(early)]);
    // Each of the made-up events carries a reason and a detail.
    expect(verdict.commitments).toBeGreaterThan(1800);
  });

  test("tells a user agent where the leaf commits to it, and not where it does not", async () => {
    const lines = (await read(early, "payload/000.ndjson")).toString().trimEnd().split("\n");
    const leaves = decodeBundle(await read(early, entriesPath(0, 256))) ?? [];
    const told = lines.map((line) => JSON.parse(line).userAgent);
    expect(new Set(told)).toEqual(new Set(["Example Browser 1", null]));
    expect(leaves.map((leaf) => leaf.includes("userAgentCommitment"))).toEqual(
      told.map((one) => one !== null),
    );
  });

  test("is the layout of tlog-tiles, file for file", async () => {
    const whole = join(folder, "whole");
    const size = await sizeOf(whole);
    const there = (await readdir(join(whole, "tile"), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(whole.length + 1))
      .sort();
    const hashes = [...tilesOf(size)].map(({ level, n, width }) => tilePath(level, n, width));
    const entries = hashes
      .filter((path) => path.startsWith("tile/0/"))
      .map((path) => path.replace("/0/", "/entries/"));
    expect(there).toEqual([...hashes, ...entries].sort());
  });

  test("is carried on in place: the same files as one written at once", async () => {
    const carried = await copy("early");
    const from = await sizeOf(carried);
    const done = await exportLog(session.query, carried);
    expect(done.added).toBe(done.size - from);
    const fresh = join(folder, "fresh");
    await exportLog(session.query, fresh);
    const list = async (path: string) => (await readdir(path, { recursive: true })).sort();
    expect(await list(carried)).toEqual(await list(fresh));
    expect(await faults(carried)).toEqual([]);
  });

  test("broken off while it is carried on, it is still the export that it was", async () => {
    const broken = await copy("early");
    const from = await sizeOf(broken);
    // Everything is written anew but what comes last.
    const left = async (...[text, values]: Parameters<typeof session.query>) => {
      if (text.includes("audit.cosignatures")) throw new Error("The disk is full.");
      return session.query(text, values);
    };
    await expect(exportLog(left as typeof session.query, broken)).rejects.toThrow("disk is full");
    expect(await verify(broken)).toMatchObject({ findings: [], leaves: from });
    const { size } = await exportLog(session.query, broken);
    expect(await verify(broken)).toMatchObject({ findings: [], leaves: size });
    const list = async (path: string) => (await readdir(path, { recursive: true })).sort();
    const fresh = join(folder, "fresh after all");
    expect((await exportLog(session.query, fresh)).size).toBe(size);
    expect(await list(broken)).toEqual(await list(fresh));
  });

  test("its folder is not mixed with another log's", async () => {
    const other = await copy("early");
    const { keys } = await readLogKeys(world.keyFile);
    const root = Buffer.alloc(32, 7);
    const note = signCheckpoint({ origin: ORIGIN, size: 5, root }, [keys[0]?.signer as never]);
    await writeFile(join(other, "checkpoint"), note);
    await expect(exportLog(session.query, other)).rejects.toThrow(/does not begin with/);
    await writeFile(join(other, "checkpoint"), "words");
    await expect(exportLog(session.query, other)).rejects.toThrow(/another log/);
  });

  test("is an event of the log, committed before it is written", async () => {
    const [row] =
      await world.admin`select count(*)::int as n from audit.events where action = 'log.exported'`;
    expect(row?.n).toBeGreaterThanOrEqual(2);
  });
});

describe("what was done to an export is found, with the first leaf it was done to", () => {
  test("a leaf edited", async () => {
    const path = await copy();
    await rewrite(path, "tile/entries/001", (entries) =>
      entries.with(17, Buffer.from(String(entries[17]).replace('"done"', '"failed"'))),
    );
    const found = await faults(path);
    expect(found[0]).toEqual(["wrong-root", null]);
    expect(found[1]).toEqual(["other-leaf", 256 + 17]);
    // The event behind it still says what it said.
    expect(found).toContainEqual(["event-changed", 256 + 17]);
  });

  test("two leaves exchanged, with their payloads", async () => {
    const path = await copy();
    await rewrite(path, "tile/entries/000", (entries) => {
      const [a, b] = [entries[3] as Buffer, entries[9] as Buffer];
      return entries.with(3, Buffer.from(b)).with(9, Buffer.from(a));
    });
    const lines = (await read(path, "payload/000.ndjson")).toString().split("\n");
    const [three, nine] = [lines[3] as string, lines[9] as string];
    lines[3] = nine.replace('"index":9', '"index":3');
    lines[9] = three.replace('"index":3', '"index":9');
    await writeFile(join(path, "payload/000.ndjson"), lines.join("\n"));
    expect(await faults(path)).toEqual([
      ["wrong-root", null],
      ["other-leaf", 3],
      ["other-leaf", 9],
    ]);
  });

  test("a leaf taken out", async () => {
    const path = await copy();
    await rewrite(path, "tile/entries/001", (entries) => entries.toSpliced(40, 1));
    const found = await faults(path);
    expect(found).toContainEqual(["bad-entries", 256 + 255]);
    expect(found).toContainEqual(["wrong-root", null]);
  });

  test("a leaf put in, or put in twice", async () => {
    const path = await copy();
    await rewrite(path, "tile/entries/001", (entries) =>
      entries.with(41, Buffer.from(entries[40] as Buffer)),
    );
    const found = await faults(path);
    expect(found).toContainEqual(["twice", 256 + 41]);
    expect(found).toContainEqual(["other-leaf", 256 + 41]);
  });

  test("the end cut off, with a checkpoint that somebody signed then", async () => {
    const since = [(await read(join(folder, "whole"), "checkpoint")).toString()];
    expect(await faults(early)).toEqual([]);
    expect(await faults(early, { since })).toEqual([["shorter", await sizeOf(early)]]);
  });

  test("the end cut off, with the checkpoint left", async () => {
    const path = await copy();
    const size = await sizeOf(path);
    const last = Math.floor(size / 256);
    await rm(join(path, `tile/entries/00${last}.p`), { recursive: true });
    const found = await faults(path);
    expect(found).toContainEqual(["missing-entries", last * 256]);
    expect(found).toContainEqual(["wrong-root", null]);
  });

  test("a bundle with an entry that reaches past the end", async () => {
    const path = await copy();
    const bundle = await read(path, "tile/entries/000");
    await writeFile(join(path, "tile/entries/000"), bundle.subarray(0, bundle.length - 3));
    expect(await faults(path)).toContainEqual(["bad-entries", 0]);
  });

  test("a tile changed, emptied or gone", async () => {
    const path = await copy();
    const tile = await read(path, "tile/0/001");
    tile[32 * 5] = (tile[32 * 5] as number) ^ 1;
    await writeFile(join(path, "tile/0/001"), tile);
    await writeFile(join(path, "tile/0/000"), "");
    await rm(join(path, "tile/1"), { recursive: true });
    const size = await sizeOf(path);
    await unlink(join(path, `tile/0/00${Math.floor(size / 256)}.p/${size % 256}`));
    expect(await faults(path)).toEqual([
      ["bad-tile", 0],
      ["missing-tile", 0],
      ["other-leaf", 261],
      ["missing-tile", Math.floor(size / 256) * 256],
    ]);
  });

  test("a leaf without payload, and payloads without leaf", async () => {
    const path = await copy();
    const lines = (await read(path, "payload/001.ndjson")).toString().trimEnd().split("\n");
    await writeFile(join(path, "payload/001.ndjson"), lines.toSpliced(33, 1).join("\n"));
    expect(await faults(path)).toEqual([["no-payload", 256 + 33]]);
    await writeFile(
      join(path, "payload/001.ndjson"),
      [...lines, lines[4], "words", '{"index":999}'].join("\n"),
    );
    expect(await faults(path)).toEqual([
      ["no-leaf", null],
      ["no-leaf", null],
      ["no-leaf", 256 + 4],
    ]);
    await writeFile(join(path, "payload/001.ndjson"), lines.join("\n"));
    await writeFile(join(path, "payload/unlogged.ndjson"), '{"id":"x"}\n');
    expect(await faults(path)).toEqual([["no-leaf", null]]);
  });

  test("a value changed, removed, or removed with its salt", async () => {
    const path = await copy();
    const file = "payload/000.ndjson";
    const lines = (await read(path, file)).toString().trimEnd().split("\n");
    const change = (i: number, edit: (payload: Record<string, unknown>) => void) => {
      const payload = JSON.parse(lines[i] as string);
      edit(payload);
      lines[i] = JSON.stringify(payload);
    };
    change(20, (payload) => {
      payload.reason = "another reason";
    });
    change(21, (payload) => {
      payload.detail = null;
    });
    change(22, (payload) => {
      Object.assign(payload, { salt: "", reason: null, detail: null, ip: null });
    });
    change(23, (payload) => {
      payload.salt = "";
    });
    // The same bytes in the same order, cut elsewhere: the hash is that of the leaf.
    change(24, (payload) => {
      const reason = payload.reason as string;
      payload.salt += Buffer.from(reason.slice(0, 1)).toString("hex");
      Object.assign(payload, { reason: reason.slice(1), detail: null, ip: null });
    });
    await writeFile(join(path, file), lines.join("\n"));
    expect(await faults(path)).toEqual([
      ["bad-commitment", 20],
      ["value-removed", 21],
      ["value-removed", 22],
      ["bad-commitment", 23],
      ["bad-commitment", 24],
    ]);
    expect((await verify(path)).forgotten).toBe(1);
  });
});

describe("who can sign, and what it helps them", () => {
  /** Changes a leaf and rebuilds every tile and the checkpoint over it, as whoever holds the key could. */
  async function rebuild(path: string, sign: (size: number, root: Buffer) => string) {
    await rewrite(path, "tile/entries/000", (entries) =>
      entries.with(50, Buffer.from(String(entries[50]).replace('"done"', '"failed"'))),
    );
    const size = await sizeOf(path);
    const hashes: Buffer[] = [];
    for (let n = 0; n * 256 < size; n++) {
      const width = Math.min(256, size - n * 256);
      const bundle = await read(path, tilePath(0, n, width).replace("/0/", "/entries/"));
      hashes.push(...(decodeBundle(bundle) ?? []).map(leafHash));
    }
    for (const { level, n, width } of tilesOf(size)) {
      const span = 256 ** level;
      const tile = Array.from({ length: width }, (_, i) => {
        const from = (n * 256 + i) * span;
        return rootOf(hashes.slice(from, from + span));
      });
      await writeFile(join(path, tilePath(level, n, width)), Buffer.concat(tile));
    }
    await writeFile(join(path, "checkpoint"), sign(size, Buffer.from(rootOf(hashes))));
  }

  test("without the key a rebuilt log is not signed", async () => {
    const path = await copy();
    const { key } = newLogKey(ORIGIN);
    await rebuild(path, (size, root) => signCheckpoint({ origin: ORIGIN, size, root }, [key.signer]));
    expect(await faults(path)).toEqual([["no-known-signature", null]]);
    const old = await read(join(folder, "whole"), "checkpoint");
    await writeFile(join(path, "checkpoint"), old);
    // Every tile fits every leaf, and none of it was signed. Only the payload knows which leaf it was.
    expect(await faults(path)).toEqual([
      ["wrong-root", null],
      ["event-changed", 50],
    ]);
  });

  test("with the key too, the rebuilt log is a fork to whoever kept an older checkpoint", async () => {
    const path = await copy();
    const { keys } = await readLogKeys(world.keyFile);
    await rebuild(path, (size, root) =>
      signCheckpoint({ origin: ORIGIN, size, root }, [keys[0]?.signer as never]),
    );
    await rm(join(path, "payload"), { recursive: true });
    await mkdir(join(path, "payload"));
    const found = await faults(path, { since: [(await read(early, "checkpoint")).toString()] });
    expect(found[0]).toEqual(["fork", null]);
    // The same size as what was signed before, and another root.
    const same = await faults(path, {
      since: [(await read(join(folder, "whole"), "checkpoint")).toString()],
    });
    expect(same[0]).toEqual(["fork", null]);
  });

  test("a forked older checkpoint does not pass beside an honest one of the same size", async () => {
    const honest = (await read(early, "checkpoint")).toString();
    const { keys } = await readLogKeys(world.keyFile);
    const size = await sizeOf(early);
    const forked = signCheckpoint({ origin: ORIGIN, size, root: Buffer.alloc(32, 7) }, [
      keys[0]?.signer as never,
    ]);
    for (const since of [
      [honest, forked],
      [forked, honest],
    ]) {
      const verdict = await verify(join(folder, "whole"), { since });
      expect(verdict.findings.map(({ fault }) => fault)).toEqual(["fork"]);
      expect(verdict.goesOnFrom).toEqual([size]);
    }
  });

  test("a checkpoint that a named witness has not cosigned does not pass", async () => {
    const witness = newLogKey("witness.example.org").key.vkey;
    const verifier = parseVkey(witness) as Verifier;
    expect(await faults(join(folder, "whole"), { witnesses: [verifier] })).toEqual([["not-witnessed", null]]);
  });

  test.each([
    ["a changed size", (note: string) => note.replace(/\n\d+\n/, "\n7\n"), "bad-signature"],
    ["no signature", (note: string) => note.slice(0, note.indexOf("\n\n") + 1), "no-checkpoint"],
    [
      "another log's name",
      (note: string) => note.replaceAll(ORIGIN, "other.example.org"),
      "no-known-signature",
    ],
    ["nothing", () => "", "no-checkpoint"],
  ])("a checkpoint with %s is not believed", async (_, change, fault) => {
    const path = await copy();
    const note = (await read(path, "checkpoint")).toString();
    await writeFile(join(path, "checkpoint"), change(note));
    expect(await faults(path)).toEqual([[fault, null]]);
  });

  test("an older checkpoint that is not signed proves nothing, and that is said", async () => {
    const note = (await read(early, "checkpoint")).toString().replace(/\n\d+\n/, "\n7\n");
    expect(await faults(join(folder, "whole"), { since: [note] })).toEqual([["bad-signature", null]]);
  });
});

describe("what the database shows is what the export shows", () => {
  test("an event that was edited, deleted or forged behind the log", async () => {
    const at = (index: number) =>
      world.admin`select event_id as id from audit.leaves where log_index = ${index}`;
    const [[edited], [deleted]] = await Promise.all([at(100), at(101)]);
    await world.admin.begin(async (tx) => {
      await tx`update audit.events set outcome = 'denied' where id = ${edited?.id}`;
      await tx`delete from audit.events where id = ${deleted?.id}`;
      await tx`insert into audit.events (id, at, actor_kind, action, outcome, leaf_salt)
        values (unseal.uuid7(), now(), 'operator', 'access.requested', 'done', 'salt')`;
    });
    const path = join(folder, "edited");
    const done = await exportLog(session.query, path);
    expect(done.unlogged).toBe(1);
    expect(await faults(path)).toEqual([
      ["no-leaf", null],
      ["event-changed", 100],
      ["no-payload", 101],
    ]);
  });
});

describe("at the command line", () => {
  const CLI = join(import.meta.dirname, "../../../cli/index.ts");
  /** With no setting at all: neither database nor key. */
  const unseal = (...args: string[]): Promise<{ code: number; output: string }> =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH, INIT_CWD: folder } as unknown as NodeJS.ProcessEnv;
      execFile(process.execPath, [CLI, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
      );
    });

  test("verify needs a folder and a key, says SOUND, and fails with the first leaf that is not", async () => {
    const good = await unseal("log", "verify", "whole", "--vkey", world.vkey, "--since", "early/checkpoint");
    expect(good.output).toContain("SOUND: everything holds.");
    expect(good.output).toContain(`from the older checkpoint of ${await sizeOf(early)} leaves`);
    expect(good.code).toBe(0);
    const path = await copy();
    await appendFile(join(path, "tile/0/000"), "x");
    const bad = await unseal("log", "verify", path, "--vkey", world.vkey);
    expect(bad.output).toMatch(/NOT SOUND: 1 findings, the first at leaf 0\./);
    expect(bad.code).toBe(1);
    const wrong = await unseal("log", "verify", "whole", "--vkey", newLogKey(ORIGIN).key.vkey);
    expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining("no signature of a key") });
    expect(await unseal("log", "verify", "whole", "--vkey", "words")).toMatchObject({ code: 1 });
  }, 180_000);

  test("a proof of one event holds, and for that leaf only", async () => {
    const [row] = await world.admin`select event_id as id from audit.leaves where log_index = 300`;
    const { proof, leaf, index } = await proveEvent(session.query, row?.id);
    expect(index).toBe(300);
    await writeFile(join(folder, "one.tlog-proof"), proof);
    await writeFile(join(folder, "one.leaf"), leaf);
    const good = await unseal("log", "verify", "one.tlog-proof", "--vkey", world.vkey);
    expect(good).toMatchObject({ code: 0, output: expect.stringContaining("at place 300") });
    const since = ["--since", "early/checkpoint"];
    expect(await unseal("log", "verify", "one.tlog-proof", "--vkey", world.vkey, ...since)).toMatchObject({
      code: 1,
      output: expect.stringContaining("--since goes with an exported folder"),
    });
    await appendFile(join(folder, "one.leaf"), " ");
    expect(await unseal("log", "verify", "one.tlog-proof", "--vkey", world.vkey)).toMatchObject({ code: 1 });
    await expect(proveEvent(session.query, "00000000-0000-7000-8000-000000000000")).rejects.toThrow(
      /no such event/,
    );
  });
});
