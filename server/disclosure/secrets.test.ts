import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createKeyRing } from "./keys/keyRing.ts";
import { openSecret, sealSecret } from "./secrets.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unseal-secrets-"));
  process.env.UNSEAL_KEY_FILE = join(folder, "keys.json");
  await createKeyRing(process.env.UNSEAL_KEY_FILE);
});
afterAll(() => rm(folder, { recursive: true }));

test("a secret opens in its place and nowhere else", async () => {
  const id = randomUUID();
  const sealed = await sealSecret(id, "correct horse \u{1F40E}");
  expect(await openSecret(id, sealed)).toBe("correct horse \u{1F40E}");
  expect(sealed.box.includes("horse")).toBe(false);
  await expect(openSecret(randomUUID(), sealed)).rejects.toThrow();
  const other = await sealSecret(id, "another");
  await expect(openSecret(id, { ...sealed, box: other.box })).rejects.toThrow("Set it again");
  const bent = Buffer.from(sealed.box);
  bent[20] = (bent[20] ?? 0) ^ 1;
  await expect(openSecret(id, { ...sealed, box: bent })).rejects.toThrow("Set it again");
});
