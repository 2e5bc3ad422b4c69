import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LAYOUT } from "../../domain/packet/layout.ts";
import { LOG_KEY, PACKET_KEY, packetFiles, zipOf } from "../../server/packet/test/samplePacket.ts";

const CLI = resolve(import.meta.dirname, "../index.ts");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packet-cli-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command as whoever received a packet would: with nothing set. */
async function unseal(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, ...args], {
      cwd: folder,
      env: { NODE_ENV: "production", PATH: process.env.PATH, INIT_CWD: folder },
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test("a packet is verified offline with public keys alone, and a tampered one ends with 1", async () => {
  await writeFile(join(folder, "packet.zip"), await zipOf(await packetFiles()));
  const bad = await packetFiles({ last: (files) => files.set(LAYOUT.index, Buffer.from("x")) });
  await writeFile(join(folder, "bad.zip"), await zipOf(bad));
  const key = ["--vkey", PACKET_KEY.vkey];
  const [sound, unsound, noKey, keyless] = await Promise.all([
    unseal("packet", "verify", "packet.zip", ...key, "--log-vkey", LOG_KEY.vkey),
    unseal("packet", "verify", "bad.zip", ...key, "--json"),
    unseal("packet", "verify", "packet.zip", "--vkey", "nonsense"),
    unseal("packet", "verify", "packet.zip"),
  ]);
  expect(sound.code).toBe(0);
  expect(sound.out).toContain("SOUND: everything holds.");
  expect(unsound.code).toBe(1);
  expect(JSON.parse(unsound.out)).toMatchObject({ sound: false, packet: "LR-000012-VOL001" });
  expect(noKey.code).toBe(1);
  expect(noKey.err).toContain("--vkey takes a key");
  expect(keyless.err).toContain("Give the sender's public key");
});

test("a key is made, and its public half printed", async () => {
  const made = await unseal("packet", "key", "new", "--name", "packets.example.org", "--out", "key.json");
  expect(made.out).toMatch(/\npackets\.example\.org\+[0-9a-f]{8}\+\S+\n$/);
  expect(
    (await unseal("packet", "key", "new", "--name", "packets.example.org", "--out", "key.json")).code,
  ).toBe(1);
  const settings = `PACKET_SIGNING_KEY_FILE=${join(folder, "key.json")}\n`;
  await writeFile(join(folder, "s.env"), settings, { mode: 0o600 });
  const { out } = await unseal("--env-file", "s.env", "packet", "vkey");
  expect(made.out).toContain(out.trim());
  expect(out).toMatch(/^packets\.example\.org\+/);
});
