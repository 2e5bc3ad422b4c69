import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha512Of } from "./sha512.ts";

const streamOf = (...pieces: Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

test("what the recipient's browser computes is what sha512sum computes, however the bytes come in pieces", async () => {
  const bytes = Buffer.alloc(20 * 1024 * 1024, "sample packet ");
  const told: number[] = [];
  const kept: Uint8Array[] = [];
  const hash = await sha512Of(
    streamOf(bytes.subarray(0, 1), bytes.subarray(1, 9_000_001), bytes.subarray(9_000_001)),
    {
      kept: (piece) => kept.push(piece),
      told: (count) => told.push(count),
      signal: new AbortController().signal,
    },
  );
  expect(hash).toBe(createHash("sha512").update(bytes).digest("hex"));
  expect(Buffer.concat(kept).equals(bytes)).toBe(true);
  expect(told.at(-1)).toBe(bytes.length);
  expect(told.length).toBeGreaterThan(1);
});

test("nothing is an empty file's hash, and no hash is given of what was called off", async () => {
  const signal = new AbortController().signal;
  expect(await sha512Of(streamOf(), { told: () => {}, signal })).toMatch(/^cf83e1357eefb8bd/);
  const stopped = AbortSignal.abort();
  const hashing = sha512Of(streamOf(new Uint8Array(3)), { told: () => {}, signal: stopped });
  await expect(hashing).rejects.toThrow();
});
