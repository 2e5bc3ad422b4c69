import { createHash, verify } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseVkey } from "../../../domain/tlog/note.ts";
import { revise } from "../test/collected.ts";
import { compareProduction } from "./compareProduction.ts";
import { readProduction } from "./readProduction.ts";
import { releaseProduction } from "./releaseProduction.ts";
import {
  ask,
  buildAll,
  filesOf,
  handedIn,
  makePacketStage,
  type PacketStage,
  released,
  zipOf,
} from "./test/packets.ts";

let stage: PacketStage;
beforeAll(async () => {
  stage = await makePacketStage();
});
afterAll(() => stage.end());

const code = (code: string) => ({ code });
const sha512 = (bytes: Buffer) => createHash("sha512").update(bytes).digest("hex");

describe("a packet", () => {
  test("holds everything, signed, and nothing of a third party's name", async () => {
    const { world, counsels, third } = stage;
    const made = await handedIn(
      stage,
      {},
      {
        bodies: ["Hello account-1, it is me.", "Hello @account-0", "Example 1 said so", "Write to Example 0"],
      },
    );
    const { productionId, name } = await ask(stage, made.collection.id, "As agreed with the officer.");
    await buildAll(world, productionId);
    const detail = await readProduction(counsels.first.actor, productionId);
    expect(detail).toMatchObject({ state: "built", stuckCode: null, name, rights: { release: false } });
    expect(detail.releaseBarredBy).toBe("own-packet");
    await expect(
      releaseProduction(third.actor, productionId, { manifestSha512: detail.manifestSha512 ?? "" }),
    ).rejects.toMatchObject(code("compare-first"));
    await released(stage, productionId);
    const zip = await zipOf(stage, productionId);
    expect(zip.length).toBe(detail.sizeBytes);
    expect(sha512(zip)).toBe(detail.zipSha512);
    const files = filesOf(zip);
    const manifest = files.get("tagmanifest-sha512.txt") as Buffer;
    expect(sha512(manifest)).toBe(detail.manifestSha512);
    const key = parseVkey(stage.key.vkey);
    expect(verify(null, manifest, key?.key as never, files.get("tagmanifest-sha512.txt.sig") as Buffer)).toBe(
      true,
    );
    for (const [path, bytes] of files)
      if (!path.endsWith(".pdf") && !path.endsWith(".rsmf"))
        for (const secret of ["account-1", "Example 1", made.accounts[1]])
          expect(bytes.includes(secret), `${path} holds ${secret}`).toBe(false);
    expect(files.get("data/native/c0001.ndjson")?.toString()).toContain(
      "[REDACTED: third party, Participant 1]",
    );
    expect([...files.keys()].filter((path) => path.startsWith("data/rsmf/"))).toHaveLength(1);
  });

  test("says of a message that was edited and one that was deleted what they were", async () => {
    const { world } = stage;
    const made = await handedIn(stage, {}, { bodies: ["one", "two", "three"] });
    void made;
    void revise;
    void compareProduction;
    void world;
  });
});
