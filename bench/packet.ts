import { execFile } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import type { Sql } from "postgres";
import { collectRequest } from "../contracts/legal/collections.ts";
import type { Actor } from "../server/actor.ts";
import { newSealer } from "../server/disclosure/seal.ts";
import { collectForRequest } from "../server/legal/collections/collectForRequest.ts";
import { handInCollection } from "../server/legal/collections/handInCollection.ts";
import { askProduction } from "../server/legal/productions/askProduction.ts";
import { approvedRequest } from "../server/legal/test/approvedRequest.ts";
import type { Figure } from "./harness.ts";
import type { Stage } from "./stage.ts";

interface Work {
  readonly milliseconds: number;
  readonly floor: number;
  readonly mebibytes: number;
  readonly aboveIdle: number;
}

const MESSAGES = 1_000_000;
const AT_ONCE = 2_000;
const LEAST = 0.25;
const MOST_MIB = 300;

/**
 * A packet of a million messages of one conversation, from the database to the signed manifests: its rate against decrypting,
 * hashing (SHA-512) and deflating the very same bytes in one plain loop of the same run, and its memory above idle.
 */
export async function benchPacket({ admin, adminUrl, say }: Stage): Promise<Figure[]> {
  const { values } = parseArgs({ options: { messages: { type: "string" } }, strict: false });
  const messages = Number(values.messages ?? MESSAGES);
  say(`a conversation of ${messages} messages`);
  const productionId = await packetToBuild(admin, messages);
  say("a packet of it");
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, "packetWork.ts"),
    productionId,
    adminUrl,
  ]);
  const { milliseconds, floor, mebibytes, aboveIdle }: Work = JSON.parse(stdout);
  const [rate, barest] = [(mebibytes / milliseconds) * 1000, (mebibytes / floor) * 1000];
  return [
    {
      name: `packet of ${messages} messages (${Math.round(mebibytes)} MiB), MiB a second, against decrypting, hashing and deflating the same bytes`,
      unit: "1/s",
      p50: rate,
      p95: rate,
      floor: barest,
      ratio: rate / barest,
      bar: `≥ ${LEAST}`,
      ok: rate / barest >= LEAST,
    },
    {
      name: "its memory above idle, against what it writes",
      unit: "MiB",
      p50: aboveIdle,
      p95: aboveIdle,
      floor: mebibytes,
      ratio: aboveIdle / mebibytes,
      bar: `≤ ${MOST_MIB} MiB`,
      ok: aboveIdle <= MOST_MIB,
    },
  ];
}

interface Counsel {
  readonly id: string;
  readonly sessionId: string;
  readonly actor: Actor;
}

async function counsel(admin: Sql): Promise<Counsel> {
  const token = randomBytes(32).toString("hex");
  const [member] = await admin`
    select staff.create_member(${`${token.slice(0, 12)}@staff.example.org`}, 'Bench', '{legal_counsel}', '{eu}', '{}', '{en}') as id`;
  const [session] = await admin`insert into staff.sessions (staff_id, token_hash, idle_limit, expires_at)
    values (${member?.id}, ${createHash("sha256").update(token).digest()}, '1 hour', now() + interval '8 hours') returning id`;
  return {
    id: member?.id as string,
    sessionId: session?.id as string,
    actor: { token, ip: "127.0.0.1", userAgent: "bench", requestId: "bench", background: false },
  };
}

/** A conversation straight in SQL; its request, collection and packet as the product makes them. */
export async function packetToBuild(admin: Sql, count: number): Promise<string> {
  const [thread, platform] = [randomUUID(), randomUUID()];
  const tag = randomBytes(4).toString("hex");
  const people = [`bench-${tag}-0`, `bench-${tag}-1`] as const;
  await admin`insert into intake.platforms (id, slug, name) values (${platform}, ${`bench-${tag}`}, 'Bench')`;
  await makeThread(admin, thread, platform, people, count);
  const [first, second] = [await counsel(admin), await counsel(admin)];
  const { requestId } = await approvedRequest(
    { admin, platformId: platform },
    { first, second },
    { accounts: [people[0]] },
  );
  const collection = await collectForRequest(first.actor, requestId, collectRequest.parse({}));
  await handInCollection(first.actor, collection.id, { decisions: 0 });
  return (await askProduction(first.actor, collection.id, {})).productionId;
}

const bodyOf = (i: number) =>
  `Placeholder ${i}: a message of the usual length ${createHash("sha256").update(String(i)).digest("hex").slice(0, 24)}, with <marks> & 😀.`;

async function makeThread(
  admin: Sql,
  thread: string,
  platform: string,
  people: readonly string[],
  count: number,
): Promise<void> {
  const ids = people.map(() => randomUUID());
  const sealer = await newSealer(thread);
  const [queue] = await admin`insert into triage.queues (name) values (${`Packets ${thread}`}) returning id`;
  await admin`insert into triage.threads (id, platform_id, platform_thread_id, kind, region, message_count, participant_count)
    values (${thread}, ${platform}, ${`t-${thread}`}, 'direct', 'eu', ${count}, 2)`;
  await admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${thread}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
  for (const [i, id] of ids.entries())
    await admin`insert into sealed.participants (thread_id, id, platform_participant_id, ordinal, key_id, identity_ct, identity_mac, age_band)
      values (${thread}, ${id}, ${people[i] ?? ""}, ${i + 1}, ${sealer.keyId},
        ${sealer.identity(id, { handle: `bench-account-${i}`, displayName: null })}, '', 'adult')`;
  for (let from = 0; from < count; from += AT_ONCE) {
    const messages = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, k) => ({
      id: randomUUID(),
      i: from + k,
    }));
    await admin`
      insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
      select ${thread}::uuid, m.id, 'm-' || m.i, case m.i % 2 when 0 then ${ids[0] ?? ""}::uuid else ${ids[1] ?? ""}::uuid end,
             '2026-01-01Z'::timestamptz + m.i * interval '9 seconds', 'text', ${sealer.keyId}::uuid, decode(m.body, 'base64'), ''
        from unnest(${messages.map(({ id }) => id)}::uuid[], ${messages.map(({ i }) => i)}::integer[],
          ${messages.map(({ id, i }) => sealer.message(id, bodyOf(i)).toString("base64"))}::text[]) as m(id, i, body)`;
  }
  await admin`insert into triage.cases (thread_id, platform_id, queue_id, region, category, severity, priority, sources, message_count,
      participant_count, minor_count, due_at)
    values (${thread}, ${platform}, ${queue?.id}, 'eu', 'fraud', 2, 200, '{user_report}', ${count}, 2, 0, now() + interval '1 day')`;
  await admin`analyze sealed.messages`;
}
