import { createHash } from "node:crypto";
import { Decrypter, generateIdentity, identityToRecipient } from "age-encryption";
import { decrypt, generateKey, readMessage, readPrivateKey } from "openpgp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliverRequest } from "../../../contracts/legal/deliveries.ts";
import type { Actor } from "../../actor.ts";
import { writeDelivery } from "../../disclosure/writeDelivery.ts";
import { readProduction } from "../productions/readProduction.ts";
import {
  ask,
  buildAll,
  handedIn,
  makePacketStage,
  type PacketStage,
  released,
  zipOf,
} from "../productions/test/packets.ts";
import { acknowledgeDelivery } from "./acknowledgeDelivery.ts";
import { deliver } from "./deliver.ts";
import { beginDownload } from "./downloads.ts";
import { openDelivery } from "./openDelivery.ts";
import { recallDelivery } from "./recallDelivery.ts";
import { renewCode } from "./renewCode.ts";

let stage: PacketStage;
let productionId: string;
let requestId: string;
let zip: Buffer;
beforeAll(async () => {
  stage = await makePacketStage();
  const made = await handedIn(stage);
  requestId = made.requestId;
  productionId = (await ask(stage, made.collection.id)).productionId;
  await buildAll(stage.world, productionId);
  await expect(send()).rejects.toMatchObject(code("packet-not-released"));
  await released(stage, productionId);
  zip = await zipOf(stage, productionId);
});
afterAll(() => stage.end());

const code = (code: string) => ({ code });
const WHY = "Sent to the wrong officer by mistake.";
const visitor = (ip: string): Actor => ({
  token: null,
  ip,
  userAgent: "test",
  requestId: "r",
  background: false,
});
const HERE = visitor("198.51.100.1");
const send = (more: object = {}) =>
  deliver(
    stage.counsels.first.actor,
    productionId,
    deliverRequest.parse({ recipientName: "Officer Example", linkBy: "email", codeBy: "phone", ...more }),
  );
const tokenOf = (link: string) => new URL(link).hash.slice(1);
const other = (given: string) => given.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
const rowOf = async (id: string) =>
  (await stage.world.admin`select * from legal.deliveries where id = ${id}`)[0];

async function opened(more: object = {}) {
  const sent = await send(more);
  return { ...sent, ...(await openDelivery(HERE, { token: tokenOf(sent.link), code: sent.code })) };
}

const fetched = (ticket: string, headers: Record<string, string> = {}) =>
  writeDelivery({
    visitor: HERE,
    request: new Request("http://127.0.0.1/api/delivery/download", {
      headers: { authorization: `Bearer ${ticket}`, ...headers },
    }),
  });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe("link and code", () => {
  test("are kept as hashes alone, and the token is sent to nobody by a browser", async () => {
    const { deliveryId, link, code: given } = await send();
    expect(new URL(link).pathname).toBe("/delivery");
    const row = JSON.stringify(await rowOf(deliveryId));
    for (const secret of [tokenOf(link), given, given.replace(" ", "")]) expect(row).not.toContain(secret);
    expect(createHash("sha256").update(given.replace(" ", "")).digest("hex")).not.toBe(
      (await rowOf(deliveryId))?.code_mac.toString("hex"),
    );
  });

  test("lock after five wrong codes, however many come at once, and a new code opens them again", async () => {
    const { deliveryId, link, code: given } = await send();
    const token = tokenOf(link);
    const guesses = await Promise.allSettled(
      Array.from({ length: 12 }, () => openDelivery(visitor("198.51.100.7"), { token, code: other(given) })),
    );
    for (const guess of guesses)
      expect(guess).toMatchObject({ status: "rejected", reason: code("delivery-refused") });
    expect((await rowOf(deliveryId))?.tries_left).toBe(0);
    await expect(openDelivery(HERE, { token, code: given })).rejects.toMatchObject(code("delivery-refused"));
    const renewed = await renewCode(stage.counsels.second.actor, deliveryId);
    await expect(openDelivery(HERE, { token, code: given })).rejects.toMatchObject(code("delivery-refused"));
    expect((await openDelivery(HERE, { token, code: renewed.code.replace(" ", "-") })).name).toContain(
      "VOL001",
    );
  });

  test("are refused alike, whatever is wrong with them, and every try is an event", async () => {
    const { deliveryId, link, code: given } = await send();
    const [unknown, expired] = ["A".repeat(43), await send()];
    await stage.world
      .admin`update legal.deliveries set created_at = now() - interval '3 days', expires_at = now() - interval '1 second' where id = ${expired.deliveryId}`;
    await recallDelivery(stage.counsels.first.actor, deliveryId, WHY);
    const before = (await stage.world.events("legal.delivery_opened")).length;
    for (const [token, guess] of [
      [unknown, given],
      [tokenOf(expired.link), expired.code],
      [tokenOf(link), given],
    ] as const)
      await expect(openDelivery(HERE, { token, code: guess })).rejects.toMatchObject(
        code("delivery-refused"),
      );
    const events = await stage.world.events("legal.delivery_opened");
    expect(events.length - before).toBe(3);
    expect(events[0]).toMatchObject({ actor_kind: "nobody", outcome: "denied" });
  });

  test("of somebody who guesses links are not even looked at any more", async () => {
    const from = visitor("198.51.100.99");
    for (let i = 0; i < 30; i++)
      await openDelivery(from, { token: "B".repeat(43), code: "1" }).catch(() => {});
    const { link, code: given } = await send();
    await expect(openDelivery(from, { token: tokenOf(link), code: given })).rejects.toMatchObject(
      code("rate-limited"),
    );
  });

  test("do not go the same way", () => {
    expect(deliverRequest.safeParse({ recipientName: "X", linkBy: "email", codeBy: "email" }).success).toBe(
      false,
    );
  });
});

describe("a download", () => {
  test("is the packet, byte for byte, and goes on from where it broke off", async () => {
    const { ticket, deliveryId, zipSha512 } = await opened();
    const whole = await fetched(ticket);
    expect(whole.headers.get("content-length")).toBe(String(zip.length));
    expect(whole.headers.get("set-cookie")).toBeNull();
    const bytes = await bytesOf(whole);
    expect(bytes.equals(zip)).toBe(true);
    expect(createHash("sha512").update(bytes).digest("hex")).toBe(zipSha512);
    const rest = await fetched(ticket, { range: "bytes=1000-" });
    expect([rest.status, rest.headers.get("content-range")]).toEqual([
      206,
      `bytes 1000-${zip.length - 1}/${zip.length}`,
    ]);
    expect((await bytesOf(rest)).equals(zip.subarray(1000))).toBe(true);
    const downloads = await stage.world
      .admin`select from_byte, whole, bytes from legal.downloads where delivery_id = ${deliveryId} order by id`;
    expect(downloads).toEqual([
      { from_byte: "0", whole: true, bytes: String(zip.length) },
      { from_byte: "1000", whole: true, bytes: String(zip.length - 1000) },
    ]);
    expect((await stage.world.events("legal.download_ended"))[0]).toMatchObject({
      outcome: "done",
      actor_kind: "nobody",
    });
    await expect(fetched(ticket, { range: `bytes=${zip.length}-` })).rejects.toMatchObject(code("bad-range"));
  });

  test("that is given up is on record as broken off", async () => {
    const { ticket, deliveryId } = await opened();
    const reader = (await fetched(ticket)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    const [row] = await stage.world
      .admin`select whole, bytes::int from legal.downloads where delivery_id = ${deliveryId}`;
    expect(row?.whole).toBe(false);
    expect(row?.bytes).toBeLessThan(zip.length);
  });

  test("to an age key opens with that key alone", async () => {
    const identity = await generateIdentity();
    const { ticket, fileName } = await opened({
      encryption: { kind: "age", recipient: await identityToRecipient(identity) },
    });
    expect(fileName).toMatch(/\.zip\.age$/);
    const bytes = await bytesOf(await fetched(ticket));
    expect(bytes.subarray(0, 21).toString()).toBe("age-encryption.org/v1");
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    expect(Buffer.from(await decrypter.decrypt(new Uint8Array(bytes))).equals(zip)).toBe(true);
  });

  test("to an OpenPGP key opens with that key alone", async () => {
    const { publicKey, privateKey } = await generateKey({
      userIDs: [{ name: "Officer", email: "officer@example.org" }],
      format: "armored",
    });
    const { ticket, fileName } = await opened({ encryption: { kind: "openpgp", publicKey } });
    expect(fileName).toMatch(/\.zip\.gpg$/);
    const { data } = await decrypt({
      message: await readMessage({ binaryMessage: new Uint8Array(await bytesOf(await fetched(ticket))) }),
      decryptionKeys: await readPrivateKey({ armoredKey: privateKey }),
      format: "binary",
    });
    expect(Buffer.from(data as Uint8Array).equals(zip)).toBe(true);
    for (const encryption of [
      { kind: "openpgp", publicKey: privateKey },
      { kind: "openpgp", publicKey: "no key" },
      { kind: "age", recipient: "age1nothing" },
      { kind: "age", recipient: await generateIdentity() },
    ])
      await expect(send({ encryption })).rejects.toMatchObject(code("recipient-key"));
  });
});

describe("a delivery", () => {
  test("is recalled or fetched, never both", async () => {
    for (let i = 0; i < 4; i++) {
      const { ticket, deliveryId } = await opened();
      const [recall, fetch] = await Promise.allSettled([
        recallDelivery(stage.counsels.first.actor, deliveryId, WHY),
        beginDownload(HERE, ticket, 0),
      ]);
      expect([recall.status, fetch.status].toSorted()).toEqual(["fulfilled", "rejected"]);
      const row = await rowOf(deliveryId);
      expect((row?.recalled_at === null) !== (row?.fetched_at === null)).toBe(true);
    }
  });

  test("is acknowledged once, with the hash that tells whether it is whole", async () => {
    const { ticket, zipSha512 } = await opened();
    const say = (hash?: string) =>
      acknowledgeDelivery(HERE, { ticket, name: "Officer Example", ...(hash ? { sha512: hash } : {}) });
    await expect(say()).rejects.toMatchObject(code("fetch-first"));
    await bytesOf(await fetched(ticket));
    expect(await say(zipSha512.toUpperCase())).toMatchObject({ hashAgrees: true });
    await expect(say()).rejects.toMatchObject(code("acknowledged-already"));
    const another = await opened();
    await bytesOf(await fetched(another.ticket));
    expect(
      await acknowledgeDelivery(HERE, { ticket: another.ticket, name: "X", sha512: "0".repeat(128) }),
    ).toMatchObject({ hashAgrees: false });
    const { deliveries, custody } = await readProduction(stage.counsels.first.actor, productionId);
    expect(deliveries.filter(({ acknowledgedHashAgrees }) => acknowledgedHashAgrees === false)).toHaveLength(
      1,
    );
    expect(custody.map(({ action }) => action)).toContain("legal.delivery_acknowledged");
  });

  test("ends with its request, in the middle of a download too", async () => {
    const { ticket, link, code: given } = await opened();
    const under = await fetched(ticket);
    await stage.world
      .admin`update legal.requests set state = 'withdrawn', ended_reason = 'Withdrawn.', ended_by = ${stage.counsels.first.id} where id = ${requestId}`.catch(
      async () => {
        // What was produced is not withdrawn by its state: its approval is lost.
        await stage.world
          .admin`update legal.requests set state = 'in_review', approved_by = null, approved_at = null, approved_version = null where id = ${requestId}`;
      },
    );
    await expect(bytesOf(under)).rejects.toBeDefined();
    await expect(fetched(ticket)).rejects.toMatchObject(code("delivery-refused"));
    await expect(openDelivery(HERE, { token: tokenOf(link), code: given })).rejects.toMatchObject(
      code("delivery-refused"),
    );
  });
});
