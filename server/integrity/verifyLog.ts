import type { VerificationResult } from "../../contracts/integrity.ts";
import type { Query } from "../../db/auditSession.ts";
import type { Checkpoint } from "../../domain/tlog/checkpoint.ts";
import { parseVkey, type Verifier } from "../../domain/tlog/note.ts";
import { checkEvents } from "./checkEvents.ts";
import { checkLeaves } from "./checkLeaves.ts";
import { Findings } from "./Findings.ts";

export type Phase = "leaves" | "events";
/** Told how far the check is; answers whether to go on. */
export type Report = (phase: Phase, done: number, total: number) => Promise<boolean>;

type Extent = { size: string; root: Buffer | null; waiting: string; places: string };

/**
 * Checks the log as the database holds it: leaves, tiles, signed checkpoints and events against each other, in constant
 * memory. It believes no function that writes the log; the keys are those on record, so whoever can replace these too is
 * found by an exported copy alone (`unseal log verify --vkey --since`).
 *
 * @param query as unseal_audit
 * @param kept a checkpoint of this log that lay outside the database meanwhile: the log must continue it
 * @returns null when it was told to stop
 * @throws DatabaseFailure
 */
export async function verifyLog(
  query: Query,
  report: Report,
  kept?: Checkpoint,
): Promise<VerificationResult | null> {
  const started = performance.now();
  const findings = new Findings();
  const extent = await readExtent(query);
  const size = Math.min(extent.size, extent.places);
  if (extent.size > extent.places) findings.add("log-shorter", { size: extent.size, index: extent.places });
  if (kept && kept.size > size) findings.add("log-shorter", { size: kept.size, index: size });
  const total = size + extent.places + extent.waiting;

  const signed = { size, verifiers: await readVerifiers(query), kept };
  const checked = await checkLeaves(query, signed, findings, (done) => report("leaves", done, total));
  if (!checked) return null;
  const events = await checkEvents(query, findings, (done) =>
    report("events", size + done, Math.max(total, size + done)),
  );
  if (events === null) return null;
  const [unsigned] = await query<{ count: string; first: string | null }>(
    `select count(*) as count, min(log_index) as first from audit.leaves
      where log_index >= coalesce((select max(size) from audit.checkpoints), 0)`,
  );
  if (Number(unsigned?.count)) {
    findings.add("leaf-unsigned", { index: Number(unsigned?.first) }, Number(unsigned?.count));
  }
  const { waiting } = await readExtent(query);
  return {
    size: extent.size,
    root: extent.root?.toString("hex") ?? null,
    ...checked,
    events,
    waiting,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    findings: findings.list(),
  };
}

async function readExtent(query: Query) {
  const [row] = await query<Extent>(`
    select coalesce((select max(size) from audit.checkpoints), 0) as size,
      (select root from audit.checkpoints order by size desc limit 1) as root,
      (select count(*) from audit.pending_leaves) as waiting,
      coalesce((select max(log_index) + 1 from audit.leaves), 0) as places`);
  return {
    size: Number(row?.size),
    root: row?.root ?? null,
    waiting: Number(row?.waiting),
    places: Number(row?.places),
  };
}

/** The keys on record. */
export async function readVerifiers(query: Query): Promise<Verifier[]> {
  const rows = await query<{ vkey: string }>("select vkey from audit.log_keys");
  return rows.map(({ vkey }) => parseVkey(vkey)).filter((verifier) => verifier !== undefined);
}
