import { z } from "zod";
import { guarded, type Json } from "../../../db/connect.ts";
import { workerSql } from "../../../db/worker-client.ts";
import type { PartKind } from "../../../domain/legal/productionWords.ts";

/** A build that this process holds: nobody else writes to it while the token is the production's. */
export interface BuildLease {
  readonly productionId: string;
  readonly token: string;
  readonly tries: number;
  /** How often in a row it has come to nothing. */
  readonly failures: number;
}

/** The lease is another's, or the packet is over: nothing more may be written, and nothing needs to be. */
export class BuildLost extends Error {
  override readonly name = "BuildLost";
  constructor() {
    super("The build belongs to another worker, or is over.");
  }
}

const part = z.object({
  n: z.number(),
  path: z.string().nullable(),
  kind: z.string().transform((kind) => kind as PartKind | "records"),
  state: z.enum(["waiting", "writing", "done", "absent"]),
  detail: z.record(z.string(), z.unknown()),
  records: z.number(),
  crc32: z.number().nullable(),
  size: z.number().nullable(),
  deflated: z.number().nullable(),
  pieces: z.number().nullable(),
  sha256: z.string().nullable(),
  sha512: z.string().nullable(),
});
export type Part = z.output<typeof part>;

const ledger = z.object({
  exportEvent: z.string().nullable(),
  prefix: z.string(),
  firstNumber: z.number(),
  recordsTotal: z.number(),
  categories: z.array(z.string()),
  facts: z.unknown(),
  note: z.string().nullable(),
  toolVersion: z.string(),
  askedAt: z.string(),
  volume: z.number(),
  name: z.string(),
  parts: z.array(part),
});
export type BuildLedger = z.output<typeof ledger>;

/** A file that follows from another. */
export interface NewPart {
  readonly path: string | null;
  readonly kind: PartKind | "records";
  readonly detail: { readonly [key: string]: Json };
}

/** What is known of a file once all of it is written. Hashes in hexadecimal. */
export interface PartSums {
  readonly crc32: number;
  readonly size: number;
  readonly deflated: number;
  readonly pieces: number;
  readonly sha256: string;
  readonly sha512: string;
}

/** Takes up one build that is due; null when there is none. */
export async function takeProduction(instance: string, leaseMs: number): Promise<BuildLease | null> {
  const [row] = await guarded(
    workerSql()`select legal.take_production(${instance}, ${interval(leaseMs)}) as lease`,
  );
  return z
    .object({ productionId: z.string(), token: z.string(), tries: z.number(), failures: z.number() })
    .nullable()
    .parse(row?.lease ?? null);
}

/** Keeps the lease. @returns whether the build goes on */
export async function holdProduction(lease: BuildLease, leaseMs: number): Promise<boolean> {
  const [row] = await guarded(
    workerSql()`select legal.hold_production(${lease.productionId}, ${lease.token}, ${interval(leaseMs)}) as held`,
  );
  return row?.held === true;
}

/** Gives the lease back. @returns how often in a row it came to nothing; null when the lease was lost */
export async function restProduction(
  lease: BuildLease,
  afterMs: number,
  failed: boolean,
): Promise<number | null> {
  const [row] = await guarded(
    workerSql()`select legal.rest_production(${lease.productionId}, ${lease.token}, ${interval(afterMs)}, ${failed}) as failures`,
  );
  return typeof row?.failures === "number" ? row.failures : null;
}

/** Leaves the build to a person. */
export async function stickProduction(lease: BuildLease, code: string, path: string | null): Promise<void> {
  await guarded(
    workerSql()`select legal.stick_production(${lease.productionId}, ${lease.token}, ${code}, ${path})`,
  );
}

/** Everything that was written so far. @throws BuildLost */
export async function readBuildLedger(lease: BuildLease): Promise<BuildLedger> {
  const [row] = await guarded(
    workerSql()`select legal.production_ledger(${lease.productionId}, ${lease.token}) as ledger`,
  );
  if (!row?.ledger) throw new BuildLost();
  return ledger.parse(row.ledger);
}

/** Names a further file; one of that path that is there stays as it is. @throws BuildLost */
export async function addPart(lease: BuildLease, { path, kind, detail }: NewPart): Promise<Part> {
  const [row] = await guarded(
    workerSql()`select legal.add_part(${lease.productionId}, ${lease.token}, ${path}, ${kind}, ${detail as never}::jsonb) as answer`,
  );
  const answer = z.object({ ok: z.boolean(), part: part.optional() }).parse(row?.answer);
  if (!answer.part) throw new BuildLost();
  return answer.part;
}

/** Begins a file, or begins it anew. @throws BuildLost */
export async function beginPart(lease: BuildLease, n: number): Promise<void> {
  const [row] = await guarded(
    workerSql()`select legal.begin_part(${lease.productionId}, ${lease.token}, ${n}) as ok`,
  );
  if (row?.ok !== true) throw new BuildLost();
}

/** @throws BuildLost */
export async function keepKey(
  lease: BuildLease,
  key: { readonly keyId: string; readonly kekId: string; readonly wrapped: Buffer },
): Promise<void> {
  const [row] = await guarded(
    workerSql()`select legal.keep_production_key(${lease.productionId}, ${lease.token}, ${key.keyId}, ${key.kekId}, ${key.wrapped}) as ok`,
  );
  if (row?.ok !== true) throw new BuildLost();
}

/** Keeps one sealed piece. @throws BuildLost */
export async function writePiece(
  lease: BuildLease,
  partNo: number,
  n: number,
  keyId: string,
  box: Buffer,
): Promise<void> {
  const [row] = await guarded(
    workerSql()`select legal.write_piece(${lease.productionId}, ${lease.token}, ${partNo}, ${n}, ${keyId}, ${box}) as ok`,
  );
  if (row?.ok !== true) throw new BuildLost();
}

/** A file is whole. @throws BuildLost */
export async function finishPart(
  lease: BuildLease,
  n: number,
  sums: PartSums,
  told: {
    readonly records?: number;
    readonly detail?: { readonly [key: string]: Json };
    readonly follow?: readonly NewPart[];
  } = {},
): Promise<void> {
  const [row] = await guarded(
    workerSql()`select legal.finish_part(${lease.productionId}, ${lease.token}, ${n}, ${{ ...sums, ...told } as never}::jsonb) as ok`,
  );
  if (row?.ok !== true) throw new BuildLost();
}

/** An attachment that cannot be had is told of, and not tried again. @throws BuildLost */
export async function missPart(lease: BuildLease, n: number, why: string): Promise<void> {
  const [row] = await guarded(
    workerSql()`select legal.miss_part(${lease.productionId}, ${lease.token}, ${n}, ${why}) as ok`,
  );
  if (row?.ok !== true) throw new BuildLost();
}

/** Writes that all records are there. @returns the event, the same one each time. @throws BuildLost */
export async function recordPacket(
  lease: BuildLease,
  told: { readonly recordsSha512: string; readonly files: number; readonly bytes: number },
): Promise<string> {
  const [row] = await guarded(
    workerSql()`select legal.record_packet(${lease.productionId}, ${lease.token}, ${told as never}::jsonb) as event`,
  );
  if (typeof row?.event !== "string") throw new BuildLost();
  return row.event;
}

/** The packet is whole. @throws BuildLost */
export async function finishProduction(
  lease: BuildLease,
  told: {
    readonly manifestSha512: string;
    readonly zipSha512: string;
    readonly zipBytes: number;
    readonly vkey: string;
  },
): Promise<void> {
  const [row] = await guarded(
    workerSql()`select legal.finish_production(${lease.productionId}, ${lease.token}, ${told as never}::jsonb) as ok`,
  );
  if (row?.ok !== true) throw new BuildLost();
}

function interval(ms: number): string {
  return `${ms} milliseconds`;
}
