import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomUUID, verify } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collectRequest } from "../../../contracts/legal/collections.ts";
import { DatabaseFailure } from "../../../db/failure.ts";
import { parseVkey, type Verifier } from "../../../domain/tlog/note.ts";
import { addRule } from "../../disclosure/addRule.ts";
import { buildPacket } from "../../disclosure/buildPacket.ts";
import { checkSealed } from "../../disclosure/checkSealed.ts";
import { giveFile, nameSource, platformFiles } from "../../disclosure/test/approvedReport.ts";
import { verifyPacket } from "../../packet/verify/verifyPacket.ts";
import { readLogKeys } from "../../tlog/keyFile.ts";
import { collectForRequest } from "../collections/collectForRequest.ts";
import { handInCollection } from "../collections/handInCollection.ts";
import { reopenCollection } from "../collections/reopenCollection.ts";
import { setAside } from "../collections/setAside.ts";
import { approvedRequest } from "../test/approvedRequest.ts";
import { approvedCase, collectedCase, rename, revise, viewOf } from "../test/collected.ts";
import { askProduction } from "./askProduction.ts";
import { compareProduction } from "./compareProduction.ts";
import { discardProduction } from "./discardProduction.ts";
import { BuildLost, beginPart, readBuildLedger } from "./ledgerStore.ts";
import { readProduction } from "./readProduction.ts";
import { releaseProduction } from "./releaseProduction.ts";
import { sendBackProduction } from "./sendBackProduction.ts";
import {
  ask,
  buildAll,
  filesOf,
  handedIn,
  handIn,
  makePacketStage,
  type PacketStage,
  partsOf,
  released,
  take,
  zipOf,
} from "./test/packets.ts";
import { tryProduction } from "./tryProduction.ts";

let stage: PacketStage;
const children: ChildProcess[] = [];
beforeAll(async () => {
  stage = await makePacketStage();
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await stage.end();
});

const code = (code: string) => ({ code });
const WHY = "The officer has changed what is asked.";
const sha512 = (bytes: Buffer) => createHash("sha512").update(bytes).digest("hex");
const state = async (productionId: string) =>
  (await stage.world.admin`select * from legal.productions where id = ${productionId}`)[0];
const leftOf = async (productionId: string) =>
  (
    await stage.world
      .admin`select (select count(*)::int from sealed.legal_pieces where thread_id = ${productionId}) as pieces,
      (select count(*)::int from sealed.thread_keys where thread_id = ${productionId}) as keys`
  )[0];
/** As the request's own verbs leave it. */
const withdraw = (requestId: string) => stage.world.admin`
  update legal.requests set state = 'withdrawn', ended_reason = 'Withdrawn by the agency.', ended_by = ${stage.counsels.first.id}
   where id = ${requestId}`;

async function built(
  options: Parameters<typeof handedIn>[2] = {},
  request: Parameters<typeof handedIn>[1] = {},
) {
  const made = await handedIn(stage, request, options);
  const { productionId, name } = await ask(stage, made.collection.id);
  await buildAll(stage.world, productionId);
  return { ...made, productionId, name };
}

async function opened(productionId: string): Promise<Map<string, Buffer>> {
  await released(stage, productionId);
  return filesOf(await zipOf(stage, productionId));
}

describe("a packet", () => {
  test("holds everything, signed, and nothing of a third party's name", async () => {
    const { counsels, third } = stage;
    const { productionId, name, accounts } = await built({
      bodies: ["Hello account-1, it is me.", "Hello @account-0", "Example 1 said so", "Write to Example 0"],
    });
    const detail = await readProduction(counsels.first.actor, productionId);
    expect(detail).toMatchObject({ state: "built", stuckCode: null, name, releaseBarredBy: "own-packet" });
    expect(detail.progress.recordsDone).toBe(detail.progress.recordsTotal);
    await expect(
      releaseProduction(third.actor, productionId, { manifestSha512: detail.manifestSha512 ?? "" }),
    ).rejects.toMatchObject(code("compare-first"));
    await released(stage, productionId);
    const zip = await zipOf(stage, productionId);
    expect([zip.length, sha512(zip)]).toEqual([detail.sizeBytes, detail.zipSha512]);
    const path = join(stage.folder, "packet.zip");
    await writeFile(path, zip);
    const [logKey] = (await readLogKeys(stage.logKeyFile)).keys;
    const verdict = await verifyPacket({
      path,
      keys: [parseVkey(stage.key.vkey) as Verifier],
      logKeys: [parseVkey(logKey?.vkey ?? "") as Verifier],
    });
    expect(verdict.findings).toEqual([]);
    const files = filesOf(zip);
    const manifest = files.get("tagmanifest-sha512.txt") as Buffer;
    expect(sha512(manifest)).toBe(detail.manifestSha512);
    const signature = files.get("tagmanifest-sha512.txt.sig") as Buffer;
    expect(verify(null, manifest, parseVkey(stage.key.vkey)?.key as never, signature)).toBe(true);
    for (const line of (files.get("manifest-sha512.txt") as Buffer).toString().trimEnd().split("\n")) {
      const [hash, path] = line.split("  ") as [string, string];
      expect(sha512(files.get(path) as Buffer), path).toBe(hash);
    }
    for (const [path, bytes] of files)
      if (!/\.(pdf|rsmf)$/.test(path))
        for (const secret of ["account-1", "Example 1", accounts[1]])
          expect(bytes.includes(secret), `${path} holds ${secret}`).toBe(false);
    expect(files.get("data/native/c0001.ndjson")?.toString()).toContain(
      "[REDACTED: third party, Participant 1]",
    );
    const index = files.get("data/index.csv")?.toString() ?? "";
    const numbers = [...index.matchAll(/^"?[A-Z]+-(\d+)/gm)].map((found) => Number(found[1]));
    expect(numbers).toHaveLength(detail.progress.recordsTotal);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] as number) + i));
    expect([...files.keys()].filter((path) => path.startsWith("data/rsmf/"))).toHaveLength(1);
    expect(files.get("data/custody.csv")?.toString()).toContain("Legal counsel A");
  });

  test("says of a message that was edited and one that was deleted what they were", async () => {
    const made = await collectedCase(stage.world, stage.counsels, {}, { bodies: ["one", "two", "three"] });
    // Whatever comes after the cut-off changes nothing of it.
    await revise(stage.world, made.found, 2, { body: "after the cut-off" });
    const again = await approvedCase(stage.world, stage.counsels, {}, { bodies: ["one", "two", "three"] });
    await revise(stage.world, again.found, 0, { body: "uno" });
    await revise(stage.world, again.found, 1, { body: null, deleted: true });
    const collection = await collectForRequest(
      stage.counsels.first.actor,
      again.requestId,
      collectRequest.parse({}),
    );
    await handIn(stage.counsels.first, made.collection.id);
    await handIn(stage.counsels.first, collection.id);
    for (const [id, sees, not] of [
      [made.collection.id, ["three"], ["after the cut-off"]],
      [collection.id, ['"uno"', '"one"', '"two"', '"earlier_revisions"'], []],
    ] as const) {
      const { productionId } = await ask(stage, id);
      await buildAll(stage.world, productionId);
      const text = (await opened(productionId)).get("data/native/c0001.ndjson")?.toString() ?? "";
      for (const words of sees) expect(text).toContain(words);
      for (const words of not) expect(text).not.toContain(words);
    }
  });

  test("says nowhere what a rule takes out, nor a third party's later name, whoever of us wrote it down", async () => {
    const { world, counsels } = stage;
    const { actor } = counsels.first;
    const { found, collection } = await collectedCase(
      world,
      counsels,
      {},
      { bodies: ["Meet Example 1 at Falconwood.", "I shall be called Marigold.", "Placeholder."] },
    );
    // What the named account was called for a while is no name that the packet says.
    await rename(world, found, "account-0", "Example 1");
    await rename(world, found, "account-0", "Example 0");
    const renamed = await rename(world, found, "account-1", "Marigold");
    const viewId = await viewOf(counsels.first, collection.id, found.threadId);
    await addRule(actor, collection.id, {
      viewId,
      kind: "literal",
      words: "Falconwood",
      reason: "A place that nobody asked about.",
      preview: false,
    });
    await setAside(actor, collection.id, {
      threadId: found.threadId,
      messageId: found.messageIds[2] ?? "",
      kind: "privileged",
      reason: "Said to a lawyer of Marigold at Falconwood.",
    });
    await handInCollection(actor, collection.id, { decisions: 2 });
    await reopenCollection(actor, collection.id, { reason: "Her mother, Bluebell, is in it as well." });
    await handInCollection(actor, collection.id, { decisions: 2 });
    const { productionId } = await ask(stage, collection.id, "Ask again about Marigold of falconwood.");
    // Whoever is renamed while it is built changes nothing of it.
    await rename(world, found, "account-1", "Cornflower");
    await buildAll(world, productionId);
    const files = await opened(productionId);
    for (const [path, bytes] of files)
      if (!/\.(pdf|rsmf)$/.test(path))
        expect(bytes.toString(), path).not.toMatch(/falconwood|marigold|account-1|example 1|bluebell/i);
    expect(files.get("data/cover-letter.txt")?.toString()).toMatch(/\[REDACTED:\s+withheld\]/);
    expect(files.get("data/withheld.csv")?.toString()).toContain("[REDACTED: withheld]");
    expect(renamed).toBe(1);
  });

  test("calls an account that was collected with another of the request by a number, whatever its id looks like", async () => {
    const { world, counsels, folder, key } = stage;
    const ids = [randomUUID(), randomUUID()].map((id) => `so@me <one> ${id}`) as [string, string];
    const { found, requestId } = await approvedCase(
      world,
      counsels,
      { accounts: ids },
      { accounts: ids, bodies: ["Formerly Marigold."] },
    );
    await rename(world, found, "account-0", "Marigold");
    const asked = collectRequest.parse({ accounts: [1] });
    const collection = await collectForRequest(counsels.first.actor, requestId, asked);
    await handIn(counsels.first, collection.id);
    const { productionId } = await ask(stage, collection.id);
    await buildAll(world, productionId);
    const files = await opened(productionId);
    const native = files.get("data/native/c0001.ndjson")?.toString() ?? "";
    expect(native).toMatch(/"id":"A1".*"id":"A2"/);
    const [mail] = [...files].filter(([path]) => path.endsWith(".rsmf"));
    expect(mail?.[1].toString()).toMatch(/^To: [^\n]*(?:\r\n [^\n]*)*<a2@lr-/m);
    const path = join(folder, "two.zip");
    await writeFile(path, await zipOf(stage, productionId));
    expect((await verifyPacket({ path, keys: [parseVkey(key.vkey) as Verifier] })).findings).toEqual([]);
  });

  test("tells what an account was called at the cut-off, whatever it is called since", async () => {
    const made = await collectedCase(stage.world, stage.counsels);
    expect(await rename(stage.world, made.found, "account-0", "Marigold")).toBe(1);
    await handIn(stage.counsels.first, made.collection.id);
    const { productionId } = await ask(stage, made.collection.id);
    await buildAll(stage.world, productionId);
    const accounts = (await opened(productionId)).get("data/accounts.ndjson")?.toString();
    expect(accounts).toContain("Example 0");
    expect(accounts).not.toContain("Marigold");
  });

  test("of traffic or of subscribers alone has no words", async () => {
    const traffic = await built({}, { categories: ["subscriber", "traffic"] });
    const files = await opened(traffic.productionId);
    expect(files.get("data/native/c0001.ndjson")?.toString()).not.toContain("Placeholder");
    expect([...files.keys()].some((path) => /rsmf|transcripts/.test(path))).toBe(false);
    // Without the subscriber's data an account is its id alone, and the verifier misses no RSMF.
    const bare = await built({}, { categories: ["traffic"] });
    const plain = await opened(bare.productionId);
    const native = plain.get("data/native/c0001.ndjson")?.toString();
    expect(native).toContain(bare.accounts[0]);
    expect(native).not.toMatch(/account-0|Example 0/);
    const path = join(stage.folder, "traffic.zip");
    await writeFile(path, await zipOf(stage, bare.productionId));
    const keys = [parseVkey(stage.key.vkey) as Verifier];
    expect((await verifyPacket({ path, keys })).findings).toEqual([]);
    const subscriber = await built({}, { type: "subpoena", categories: ["subscriber"] });
    const papers = await opened(subscriber.productionId);
    expect(papers.get("data/accounts.ndjson")?.toString()).toContain(subscriber.accounts[0]);
    expect([...papers.keys()].some((path) => path.startsWith("data/native/"))).toBe(false);
  });

  test("has the files that the platform gives, and says of the others that they are not there", async () => {
    const platform = await platformFiles();
    try {
      const { found, accounts } = await approvedCase(
        stage.world,
        stage.counsels,
        {},
        { files: [0, 1, 2], bodies: ["a", "b", "c"] },
      );
      await nameSource(stage.world, platform.origin);
      const kept = await giveFile(stage.world, platform, found, 0);
      const gone = await giveFile(stage.world, platform, found, 1);
      const changed = await giveFile(stage.world, platform, found, 2);
      platform.files.delete(gone.path);
      platform.files.set(changed.path, Buffer.alloc(1000, 7));
      const { requestId } = await approvedRequest(stage.world, stage.counsels, { accounts: [accounts[0]] });
      const collection = await collectForRequest(
        stage.counsels.first.actor,
        requestId,
        collectRequest.parse({}),
      );
      await handIn(stage.counsels.first, collection.id);
      const { productionId } = await ask(stage, collection.id);
      await buildAll(stage.world, productionId);
      const { content, findings } = await compareProduction(stage.third.actor, productionId);
      expect(content.attachments).toEqual({ included: 1, notAvailable: 2 });
      expect(findings.map((one) => one.code)).toContain("attachment-not-available");
      const files = await opened(productionId);
      const attachments = [...files].filter(([path]) => path.startsWith("data/attachments/"));
      expect(attachments.map(([, bytes]) => sha512(bytes))).toEqual([sha512(kept.bytes)]);
      const withheld = files.get("data/withheld.csv")?.toString() ?? "";
      expect(withheld.match(/not_available/g)).toHaveLength(2);
      expect(
        files
          .get("data/index.csv")
          ?.toString()
          .match(/attachment"?,"?not_available/g),
      ).toHaveLength(2);
      expect((await state(productionId))?.state).toBe("released");
      const [request] = await stage.world.admin`select state from legal.requests where id = ${requestId}`;
      expect(request?.state).toBe("partially_produced");
    } finally {
      await platform.end();
    }
  });
});

describe("numbers", () => {
  test("of packets that are asked for at once never meet, and are never used again", async () => {
    const made = await Promise.all(
      Array.from({ length: 6 }, () => handedIn(stage, {}, { bodies: ["x", "y", "z"] })),
    );
    const asked = await Promise.all(made.map(({ collection }) => ask(stage, collection.id)));
    const rows = await Promise.all(asked.map(({ productionId }) => state(productionId)));
    const starts = rows.map((row) => Number(row?.first_number)).toSorted((a, b) => a - b);
    for (const [i, start] of starts.slice(1).entries()) expect(start - (starts[i] as number)).toBe(4);
    for (const { productionId } of asked)
      await discardProduction(stage.counsels.first.actor, productionId, WHY);
    const again = await ask(stage, made[0]?.collection.id ?? "");
    expect(again.volume).toBe(2);
    expect(Number((await state(again.productionId))?.first_number)).toBe((starts.at(-1) as number) + 4);
    await discardProduction(stage.counsels.first.actor, again.productionId, WHY);
  });

  test("are given once to two who ask for one collection at once", async () => {
    const { collection } = await handedIn(stage);
    const answers = await Promise.allSettled([ask(stage, collection.id), ask(stage, collection.id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find((one) => one.status === "rejected")?.reason).toMatchObject(
      code("production-under-way"),
    );
    for (const one of answers)
      if (one.status === "fulfilled")
        await discardProduction(stage.counsels.first.actor, one.value.productionId, WHY);
  });
});

describe("a build", () => {
  /** Puts a packet back to where it was asked for, as no function of the product can. */
  async function unbuild(productionId: string): Promise<void> {
    const { admin } = stage.world;
    await admin.begin(async (tx) => {
      await tx`alter table legal.productions disable trigger keep_productions`;
      await tx`delete from sealed.legal_pieces where thread_id = ${productionId}`;
      await tx`delete from legal.production_parts where production_id = ${productionId}`;
      await tx`update legal.productions set state = 'building', built_at = null, manifest_sha512 = null, zip_sha512 = null,
        zip_bytes = null, vkey = null, records_done = 0, next_try_at = null where id = ${productionId}`;
      await tx`alter table legal.productions enable trigger keep_productions`;
    });
  }
  const recordsOf = async (productionId: string) =>
    (await partsOf(stage.world, productionId)).filter(
      ({ path }) => path.startsWith("data/") && path !== "data/log/export.tlog-proof",
    );

  test("that is killed at any point, again and again, writes the bytes of one that was not", {
    timeout: 120_000,
  }, async () => {
    const { productionId } = await built({
      bodies: Array.from({ length: 300 }, (_, i) => `Placeholder ${i} 😀`),
    });
    const before = await recordsOf(productionId);
    expect(before.length).toBeGreaterThan(10);
    await unbuild(productionId);
    const start = async () => {
      const child = spawn(process.execPath, [join(import.meta.dirname, "test/productionProcess.ts")], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        env: { ...process.env, LOG_LEVEL: "silent" },
      });
      children.push(child);
      await once(child, "message");
      return child;
    };
    for (const most of [0, 7]) {
      const child = await start();
      await expect
        .poll(
          async () => {
            const [row] = await stage.world.admin`
              select count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'writing')::int as writing
                from legal.production_parts where production_id = ${productionId}`;
            return row?.done > most || (row?.done === most && row?.writing > 0);
          },
          { interval: 2 },
        )
        .toBe(true);
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    await buildAll(stage.world, productionId);
    expect((await state(productionId))?.state).toBe("built");
    expect(await recordsOf(productionId)).toEqual(before);
    // On two threads from beginning to end no byte is another.
    await unbuild(productionId);
    await buildAll(stage.world, productionId, (lease, signal) =>
      buildPacket(lease, signal, { threadFrom: 0 }),
    );
    expect((await state(productionId))?.state).toBe("built");
    expect(await recordsOf(productionId)).toEqual(before);
    // What it left is whole, and a piece that is put in another's place is found.
    expect((await checkSealed(stage.world.admin)).damaged).toEqual([]);
    await stage.world
      .admin`update sealed.legal_pieces set part_no = part_no + 1000 where thread_id = ${productionId} and n = 0
      and part_no = (select min(part_no) from sealed.legal_pieces where thread_id = ${productionId})`;
    expect((await checkSealed(stage.world.admin)).damaged).toMatchObject([
      { of: "piece", threadId: productionId },
    ]);
  });

  test("by two workers at once is one packet, and who has lost it writes nothing more", async () => {
    const made = await handedIn(stage);
    const { productionId } = await ask(stage, made.collection.id);
    const lost = await take(1);
    expect(lost?.productionId).toBe(productionId);
    await expect.poll(async () => (await state(productionId))?.leased_until < new Date()).toBe(true);
    await Promise.all([buildAll(stage.world, productionId), buildAll(stage.world, productionId)]);
    expect((await state(productionId))?.state).toBe("built");
    if (!lost) return;
    await expect(readBuildLedger(lost)).rejects.toBeInstanceOf(BuildLost);
    await expect(beginPart(lost, 1)).rejects.toBeInstanceOf(BuildLost);
  });

  test("whose request is withdrawn in the middle leaves nothing behind, and no more does one that was whole", async () => {
    const made = await handedIn(stage);
    const { productionId } = await ask(stage, made.collection.id);
    await buildAll(stage.world, productionId, async (lease, signal) => {
      // The first page has been read and written when it comes.
      const running = buildPacket(lease, signal);
      await expect
        .poll(
          async () =>
            (
              await stage.world
                .admin`select from legal.production_parts where production_id = ${productionId}`
            ).length,
          { interval: 2 },
        )
        .toBeGreaterThan(0);
      await withdraw(made.requestId);
      await running;
    });
    expect(await state(productionId)).toMatchObject({
      state: "discarded",
      discarded_why: "request-withdrawn",
    });
    expect(await leftOf(productionId)).toEqual({ pieces: 0, keys: 0 });

    const whole = await built();
    await withdraw(whole.requestId);
    await expect(compareProduction(stage.third.actor, whole.productionId)).resolves.toBeDefined();
    await expect(released(stage, whole.productionId)).rejects.toMatchObject(code("request-withdrawn"));
    await take();
    expect(await state(whole.productionId)).toMatchObject({
      state: "discarded",
      discarded_why: "request-withdrawn",
    });
    expect(await leftOf(whole.productionId)).toEqual({ pieces: 0, keys: 0 });
  });

  test("that finds no room stands still, and goes on when there is some", async () => {
    const made = await handedIn(stage);
    const { productionId } = await ask(stage, made.collection.id);
    await buildAll(stage.world, productionId, async (lease, signal) => {
      await buildPacket(lease, AbortSignal.any([signal, AbortSignal.timeout(1)])).catch(() => {});
      throw DatabaseFailure.from({ code: "53100" });
    });
    expect(await state(productionId)).toMatchObject({ state: "stuck", stuck_code: "disk-full" });
    expect((await tryProduction(stage.counsels.second.actor, productionId)).state).toBe("building");
    await buildAll(stage.world, productionId);
    expect((await state(productionId))?.state).toBe("built");
  });

  test("is not asked for before the review is handed in, nor by somebody outside the regions", async () => {
    const { collection } = await collectedCase(stage.world, stage.counsels);
    await expect(ask(stage, collection.id)).rejects.toMatchObject(code("collection-not-handed-in"));
    await handIn(stage.counsels.first, collection.id);
    const elsewhere = await stage.world.person(["legal_counsel"], { regions: ["us"] });
    await expect(askProduction(elsewhere.actor, collection.id, {})).rejects.toMatchObject(code("not-found"));
    const officer = await stage.world.person(["compliance_officer"]);
    await expect(askProduction(officer.actor, collection.id, {})).rejects.toMatchObject(code("wrong-role"));
  });
});

describe("nobody releases", () => {
  test("what they collected, reviewed or asked for, whichever function forgets to ask", async () => {
    const { productionId } = await built();
    const { first } = stage.counsels;
    const { manifestSha512 } = await compareProduction(first.actor, productionId);
    await expect(releaseProduction(first.actor, productionId, { manifestSha512 })).rejects.toMatchObject(
      code("own-packet"),
    );
    await expect(sendBackProduction(first.actor, productionId, WHY)).rejects.toMatchObject(
      code("own-packet"),
    );
    const [look] = await stage.world
      .admin`select id from legal.comparisons where production_id = ${productionId}`;
    await expect(
      stage.world
        .admin`insert into legal.releases (production_id, manifest_sha512, asked_by, staff_id, session_id, answer, comparison_id, event_id)
        select id, manifest_sha512, ${stage.third.id}, ${first.id}, ${first.sessionId}, 'released', ${look?.id}, gen_random_uuid()
          from legal.productions where id = ${productionId}`,
    ).rejects.toMatchObject(code("UN044"));
  });

  test("another packet than the one that they compared, or one that was sent back", async () => {
    const { productionId } = await built();
    const { third } = stage;
    await compareProduction(third.actor, productionId);
    await expect(
      releaseProduction(third.actor, productionId, { manifestSha512: "0".repeat(128) }),
    ).rejects.toMatchObject(code("packet-changed"));
    expect(await sendBackProduction(third.actor, productionId, WHY)).toEqual({ state: "sent_back" });
    await expect(released(stage, productionId)).rejects.toMatchObject(code("packet-not-built"));
    await expect(zipOf(stage, productionId)).rejects.toMatchObject(code("packet-not-released"));
  });
});
