import { hash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { openAuditSession } from "../db/auditSession.ts";
import { parseVkey } from "../domain/tlog/note.ts";
import { closeEverything } from "../environment/shutdown.ts";
import { startPart } from "../scripts/serve/parts.ts";
import { openView } from "../server/disclosure/openView.ts";
import { readView } from "../server/disclosure/readView.ts";
import { exportLog } from "../server/tlog/export/exportLog.ts";
import { verifyExport } from "../server/tlog/verify/verifyExport.ts";
import { claimCase } from "../server/triage/claimCase.ts";
import { sealedCase } from "./disclosure.ts";
import { atLeast, type Figure, inTurn, percentile, rate } from "./harness.ts";
import { type Stage, signedIn } from "./stage.ts";

const CLIENTS = 32;
const ROUNDS = 5;
const SECONDS = 3;
const WAITING = 120_000;
const LEAST_SEQUENCED = 5000;
const LEAST_VERIFIED = 100_000;
const MOST_STRICT_MS = 400;

/** The log: appending with the sequencer at work, sequencing what has piled up, verifying an export, strict reveals. */
export async function benchLog(stage: Stage): Promise<Figure[]> {
  const { admin, say } = stage;
  const figures: Figure[] = [];
  let worker = startPart("worker", { LOG_LEVEL: "error" });
  try {
    await worker.ready;
    say(`appending at ${CLIENTS} clients, with the sequencer at work`);
    figures.push(await appends(stage));

    await settled(admin);
    await worker.stop();
    say(`${WAITING.toLocaleString("en-GB")} leaves pile up`);
    await admin.unsafe(`select count(audit.write(null::staff.actor, 'operator', 'staff.changed', 'done',
      jsonb_build_object('reason', 'Because of what was asked for in ticket ' || i, 'detail', jsonb_build_object('n', i))))
      from generate_series(1, ${WAITING}) i`);
    const floor = await moveFloor(admin);
    worker = startPart("worker", { LOG_LEVEL: "error" });
    await worker.ready;
    figures.push(await sequencing(admin, floor));
    say("exporting and verifying");
    figures.push(await verifying(stage));
    say("reveals in strict mode");
    figures.push(await strict(stage));
  } finally {
    await worker.stop();
    await closeEverything();
  }
  return figures;
}

/** One event with its leaf in a transaction, against one INSERT of a row as long. */
async function appends({ admin, adminUrl }: Stage): Promise<Figure> {
  await admin.unsafe(
    "create table public.bare_log (id uuid primary key, at timestamptz default now(), body text)",
  );
  const pool = postgres(adminUrl, { max: CLIENTS, onnotice: () => {} });
  const body = "x".repeat(1200);
  const work = () => pool`select audit.write(null::staff.actor, 'operator', 'staff.changed', 'done',
    jsonb_build_object('reason', 'Because of what was asked for in a ticket.', 'detail', jsonb_build_object('n', 1)))`;
  const floor = () => pool`insert into public.bare_log (id, body) values (gen_random_uuid(), ${body})`;
  const rates = { work: [] as number[], floor: [] as number[] };
  for (let round = -1; round < ROUNDS; round++) {
    const [a, b] = [await rate(CLIENTS, SECONDS, work), await rate(CLIENTS, SECONDS, floor)];
    if (round < 0) continue;
    rates.work.push(a);
    rates.floor.push(b);
  }
  await pool.end();
  return atLeast(`events appended a second at ${CLIENTS} clients, against bare INSERTs`, rates, 0.7);
}

/** Moving the same leaves from table to table in SQL alone, without a tree: leaves a second. Rolled back. */
async function moveFloor(admin: Sql): Promise<number> {
  let perSecond = 0;
  await admin
    .begin(async (tx) => {
      await tx`create table public.bare_leaves (place bigint primary key, event_id uuid, leaf text)`;
      await tx`create index on public.bare_leaves (event_id)`;
      const started = performance.now();
      const moved = await tx`insert into public.bare_leaves
        select row_number() over (order by event_id), event_id, leaf from audit.pending_leaves`;
      await tx`delete from audit.pending_leaves`;
      perSecond = (moved.count * 1000) / (performance.now() - started);
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  return perSecond;
}

class RolledBack extends Error {}

async function sequencing(admin: Sql, floor: number): Promise<Figure> {
  const size = async () =>
    Number((await admin`select coalesce(max(size), 0) as n from audit.checkpoints`)[0]?.n);
  const before = await size();
  // From its first batch on: what it takes to start is no part of how fast it catches up.
  let from = before;
  let started = performance.now();
  while (from === before) {
    await sleep(5);
    from = await size();
    started = performance.now();
  }
  await settled(admin);
  const perSecond = (((await size()) - from) * 1000) / (performance.now() - started);
  return {
    ...against("leaves sequenced a second when behind, against moving them without a tree", perSecond, floor),
    bar: `≥ ${LEAST_SEQUENCED}/s`,
    ok: perSecond >= LEAST_SEQUENCED,
  };
}

async function verifying({ admin, urls }: Stage): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), "unseal-bench-log-"));
  try {
    const session = await openAuditSession(urls.audit, "bench");
    await exportLog(session.query, folder);
    const keys = await session.query<{ vkey: string }>("select vkey from audit.log_keys");
    await session.end();
    const verifiers = keys.map(({ vkey }) => parseVkey(vkey)).filter((key) => key !== undefined);
    const rates: number[] = [];
    for (let round = 0; round < 4; round++) {
      const started = performance.now();
      const { leaves, count } = await verifyExport({ folder, keys: verifiers });
      if (count > 0) throw new Error(`The verifier has ${count} findings.`);
      if (round > 0) rates.push((leaves * 1000) / (performance.now() - started));
    }
    const perSecond = percentile(rates, 50);
    return {
      ...against(
        "leaves verified a second, against hashing them in one thread",
        perSecond,
        await hashFloor(admin),
      ),
      bar: `≥ ${LEAST_VERIFIED}/s`,
      ok: perSecond >= LEAST_VERIFIED,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** SHA-256 over each leaf and over a node for each, in one thread: leaves a second. */
async function hashFloor(admin: Sql): Promise<number> {
  const rows = await admin<{ leaf: string }[]>`select leaf from audit.leaves order by log_index limit 50000`;
  const leaves = rows.map(({ leaf }) => Buffer.from(leaf));
  const node = Buffer.alloc(65);
  const started = performance.now();
  for (const leaf of leaves) {
    hash("sha256", leaf, "buffer");
    hash("sha256", node, "buffer");
  }
  return (leaves.length * 1000) / (performance.now() - started);
}

/** Opening and reading when the reveal waits for its checkpoint, against one INSERT and its COMMIT. */
async function strict({ admin, urls }: Stage): Promise<Figure> {
  const { queue, caseId } = await sealedCase(admin, "strict");
  const actor = await signedIn(admin, [queue]);
  await claimCase(actor, caseId);
  const session = await openAuditSession(urls.audit, "bench");
  await session.query("select audit.set_strict(true)");
  const bare = postgres(urls.web, { max: 1 });
  await admin.unsafe(`create table public.strict_floor (at timestamptz default now());
    grant insert on public.strict_floor to unseal_web; grant usage on schema public to unseal_web`);
  try {
    const times = await inTurn(
      100,
      async () => {
        const ask = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;
        const view = await openView(actor, caseId, ask);
        (await readView(actor, view.viewId)).reveal();
      },
      () => bare`insert into public.strict_floor default values`,
    );
    const p95 = percentile(times.work, 95);
    const floor = percentile(times.floor, 50);
    const p50 = percentile(times.work, 50);
    return {
      name: "open and read in strict mode, against one INSERT",
      unit: "ms",
      p50,
      p95,
      floor,
      ratio: p50 / floor,
      bar: `p95 ≤ ${MOST_STRICT_MS} ms`,
      ok: p95 <= MOST_STRICT_MS,
    };
  } finally {
    await session.query("select audit.set_strict(false)");
    await session.end();
    await bare.end();
  }
}

const against = (name: string, perSecond: number, floor: number) => ({
  name,
  unit: "1/s" as const,
  p50: perSecond,
  p95: perSecond,
  floor,
  ratio: perSecond / floor,
});

async function settled(admin: Sql): Promise<void> {
  while ((await admin`select from audit.pending_leaves limit 1`).length > 0) await sleep(5);
}
