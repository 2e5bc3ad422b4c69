import { verify } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openNote, parseVkey } from "../../domain/tlog/note.ts";
import { makePacketKey, PacketKeyRefused, readPacketKey } from "./signingKey.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "packet-key-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a key signs so that its vkey verifies, and is not made over another", async () => {
  const path = join(folder, "key.json");
  const made = await makePacketKey(path, "unseal.example.org/packets");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const key = await readPacketKey(path);
  expect(key.vkey).toBe(made.vkey);
  const verifier = parseVkey(key.vkey);
  if (!verifier) throw new Error("The vkey does not parse.");
  const bytes = Buffer.from("placeholder\n");
  expect(verify(null, bytes, verifier.key, key.sign(bytes))).toBe(true);
  expect(openNote(key.note("placeholder\n"), [verifier])).toHaveProperty("text", "placeholder\n");
  await expect(makePacketKey(path, "unseal.example.org/packets")).rejects.toThrow(PacketKeyRefused);
  await expect(makePacketKey(join(folder, "other.json"), "with blank")).rejects.toThrow(PacketKeyRefused);
});

test("a damaged key file is refused without a word of it, and a key does not print its seed", async () => {
  const path = join(folder, "damaged.json");
  await makePacketKey(path, "unseal.example.org/packets");
  const text = await readFile(path, "utf8");
  const { seed } = JSON.parse(text);
  expect(JSON.stringify(await readPacketKey(path))).not.toContain(seed);
  await writeFile(path, text.replace('"version": 1', '"version": 2'));
  const refused = await readPacketKey(path).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(PacketKeyRefused);
  expect(String(refused)).not.toContain(seed);
});
