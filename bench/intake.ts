import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Sql } from "postgres";
import type { FlagInput, SummaryLine } from "../contracts/intake.ts";
import { syntheticFlags } from "../db/seed/syntheticFlags.ts";
import { createKey } from "../server/intake/operator.ts";
import { parseFlag } from "../server/intake/parseFlag.ts";
import { type PreparedFlag, prepareFlag } from "../server/intake/prepareFlag.ts";
import { atLeast, type Figure, percentile, timed } from "./harness.ts";
import type { Stage } from "./stage.ts";

const FLAGS = 1_500;
const ROUNDS = 7;
/** As many flags a statement as intake takes at once. */
const BATCH = 150;

/**
 * Intake over HTTP as one NDJSON stream, 10 messages a flag, against bare multi-row INSERTs of the same bytes through the
 * same driver: no HTTP, no check, no encryption, no case, no log, no index but the primary key.
 */
export async function benchIntake({ admin, baseUrl, say }: Stage): Promise<Figure[]> {
  say("intake: a platform, a queue, bare tables");
  const key = await prepareDoor(admin);
  await makeBareTables(admin);

  const rates = { work: [] as number[], floor: [] as number[] };
  for (let round = -1; round < ROUNDS; round++) {
    const stream = Buffer.from(
      flagsOf(round * 2)
        .map((flag) => `${JSON.stringify(flag)}\n`)
        .join(""),
    );
    const rows = await preparedRows(flagsOf(round * 2 + 1));
    const work = FLAGS / ((await timed(() => send(baseUrl, key, stream))) / 1000);
    const floor = FLAGS / ((await timed(() => insertBare(admin, rows))) / 1000);
    say(`intake: ${Math.round(work)} flags a second, bare INSERT ${Math.round(floor)}`);
    // The first round warms both up.
    if (round >= 0) {
      rates.work.push(work);
      rates.floor.push(floor);
    }
  }
  say("intake: the same again, all of it repeats");
  const again = Buffer.from(
    flagsOf(0)
      .map((flag) => `${JSON.stringify(flag)}\n`)
      .join(""),
  );
  const repeats: number[] = [];
  for (let i = 0; i < 3; i++) repeats.push(FLAGS / ((await timed(() => send(baseUrl, key, again))) / 1000));

  return [
    atLeast("intake over HTTP, 10 messages a flag, against bare INSERTs of the same bytes", rates, 1 / 3),
    atLeast(
      "intake of repeats, against bare INSERTs of the same bytes",
      { work: repeats, floor: [percentile(rates.floor, 50)] },
      1 / 3,
    ),
  ];
}

function flagsOf(round: number): FlagInput[] {
  return [
    ...syntheticFlags({
      seed: 1_000 + round,
      threads: FLAGS,
      now: Date.UTC(2026, 2, 1),
      messages: 10,
      prefix: `bench-${round}`,
      regions: ["eu"],
    }),
  ];
}

async function prepareDoor(admin: Sql): Promise<string> {
  const slug = `bench-${randomBytes(4).toString("hex")}`;
  await admin`select intake.add_platform(${slug}, 'Bench')`;
  const { key } = await createKey(admin, slug, "bench", null);
  const [queue] = await admin`insert into triage.queues (name) values (${slug}) returning id`;
  await admin`insert into triage.queue_routes (queue_id, rank) values (${queue?.id}, 1000) on conflict do nothing`;
  return key;
}

async function send(baseUrl: string, key: string, stream: Buffer): Promise<void> {
  const text = await new Promise<string>((resolve, reject) => {
    const call = request(
      `${baseUrl}/api/intake/v1/flags`,
      {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson" },
      },
      (answer) => {
        let last = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          last = (last + chunk).slice(-2_000);
        });
        answer.once("end", () => resolve(last));
        answer.once("error", reject);
      },
    );
    call.once("error", reject);
    call.end(stream);
  });
  const { summary } = JSON.parse(text.trim().split("\n").at(-1) ?? "{}") as SummaryLine;
  if (!summary?.complete || summary.refused > 0 || summary.accepted !== FLAGS)
    throw new Error(`Intake did not take all of it: ${JSON.stringify(summary)}`);
}

type Rows = { flags: object[]; participants: object[]; messages: object[]; attachments: object[] };

/** The rows that intake would store of these flags, sealed: the same bytes. */
async function preparedRows(flags: FlagInput[]): Promise<Rows[]> {
  const platform = "0195f3a0-52c4-7d10-8a3e-9c0d1e2f3a4b";
  const batches: Rows[] = [];
  for (let from = 0; from < flags.length; from += BATCH) {
    const prepared: PreparedFlag[] = [];
    for (const [n, flag] of flags.slice(from, from + BATCH).entries()) {
      const parsed = parseFlag(Buffer.from(JSON.stringify(flag)), Date.now());
      if ("problem" in parsed) throw new Error("A synthetic flag was refused.");
      prepared.push(await prepareFlag(platform, parsed.flag, n));
    }
    batches.push(rowsOf(prepared));
  }
  return batches;
}

function rowsOf(prepared: readonly PreparedFlag[]): Rows {
  const bytes = (base64: unknown) => (base64 == null ? null : Buffer.from(base64 as string, "base64"));
  const thread = (n: unknown) => prepared.find((one) => one.flag.n === n)?.flag.thread;
  return {
    flags: prepared.map(({ flag: f }) => ({
      id: f.id,
      platform_id: f.pid,
      thread_id: f.thread,
      source: f.source,
      category: f.category,
      severity: f.severity,
      words: bytes(f.words),
      mac: bytes(f.mac),
      wrapped: bytes(f.wrapped),
      flagged: f.flagged,
    })),
    participants: prepared.flatMap((one) =>
      one.participants.map((p) => ({
        thread_id: one.flag.thread,
        id: p.id,
        platform_id: p.pid,
        identity: bytes(p.ct),
        mac: bytes(p.mac),
        age: p.age,
        country: p.country,
      })),
    ),
    messages: prepared.flatMap((one) =>
      one.messages.map((m) => ({
        thread_id: one.flag.thread,
        id: m.id,
        platform_id: m.pid,
        sender_id: m.sender,
        sent_at: m.at,
        kind: m.kind,
        body: bytes(m.ct),
        mac: bytes(m.mac),
      })),
    ),
    attachments: prepared.flatMap((one) =>
      one.attachments.map((a) => ({
        thread_id: thread(a.n),
        message: a.m,
        ordinal: a.i,
        media_type: a.type,
        size_bytes: a.size,
        md5: a.md5,
        sha256: a.sha256,
        perceptual_hash: a.ph ?? null,
        location: bytes(a.ct),
      })),
    ),
  };
}

async function makeBareTables(admin: Sql): Promise<void> {
  await admin
    .unsafe(`
    create schema if not exists bench_bare;
    create table bench_bare.flags (id uuid primary key, platform_id text, thread_id uuid, source text, category text,
      severity smallint, words bytea, mac bytea, wrapped bytea, flagged uuid[]);
    create table bench_bare.participants (thread_id uuid, id uuid, platform_id text, identity bytea, mac bytea, age text,
      country text, primary key (thread_id, id));
    create table bench_bare.messages (thread_id uuid, id uuid, platform_id text, sender_id uuid, sent_at timestamptz,
      kind text, body bytea, mac bytea, primary key (thread_id, id));
    create table bench_bare.attachments (thread_id uuid, message integer, ordinal integer, media_type text,
      size_bytes bigint, md5 text, sha256 text, perceptual_hash text, location bytea,
      primary key (thread_id, message, ordinal));
  `)
    .simple();
}

/** One transaction a batch, one statement a table, on one connection: as intake does it. */
async function insertBare(admin: Sql, batches: readonly Rows[]): Promise<void> {
  for (const rows of batches) {
    await admin.begin(async (tx) => {
      await tx`insert into bench_bare.flags ${tx(rows.flags)}`;
      await tx`insert into bench_bare.participants ${tx(rows.participants)}`;
      await tx`insert into bench_bare.messages ${tx(rows.messages)}`;
      if (rows.attachments.length > 0) await tx`insert into bench_bare.attachments ${tx(rows.attachments)}`;
    });
  }
}
