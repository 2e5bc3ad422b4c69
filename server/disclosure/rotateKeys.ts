import type { Sql } from "../../db/connect.ts";
import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { KeyProviderError } from "./keys/KeyProvider.ts";
import { keyAdmin } from "./keys/keyAdmin.ts";
import { keyProvider } from "./keys/provider.ts";
import { rewrapKey, type WrappedKey } from "./rewrapKey.ts";

const BATCH = 250;
// Another process reads the key ring again after a second at the latest; what it wrapped by the old key until then is met
// by the pass that follows.
const SETTLE_MS = 1_200;
const MOST_PASSES = 5;
const FIRST = "00000000-0000-0000-0000-000000000000";
// One rotation at a time: two that add keys to one key ring at once could lose one.
const LOCK = "hashtextextended('unseal.rotation', 0)";

/** Another rotation holds the lock. */
export class RotationUnderWay extends Error {
  override readonly name = "RotationUnderWay";

  constructor() {
    super("Another rotation is running. Wait until it has finished.");
  }
}

export interface RotationChoices {
  /** Remove key-encryption keys that wrap nothing any more. */
  readonly dropOld: boolean;
  readonly onProgress?: (done: { rewrapped: number; of: number }) => void;
}

export interface Rotation {
  /** The key-encryption key that wraps everything now. */
  readonly kekId: string;
  /** An earlier rotation had not been finished; this one finished it instead of adding a key. */
  readonly resumed: boolean;
  readonly rewrapped: number;
  /** Data keys that do not open. They were left as they lie. */
  readonly damaged: readonly { threadId: string; keyId: string; kekId: string }[];
  readonly dropped: readonly string[];
  /** Old key-encryption keys that were kept although dropping was asked for, with what they still wrap. */
  readonly kept: readonly { kekId: string; keys: number }[];
}

/**
 * Adds a key-encryption key and wraps every data key anew by it, batch by batch, while intake and reading go on. Each
 * new wrapping is opened again before it is stored, and stored only over the very bytes it was made from. Killed at any
 * step it leaves every data key openable; started again it finishes what it began. Recorded before it begins and at its
 * end.
 *
 * @throws RotationUnderWay; DatabaseFailure, also when it cannot be recorded: then nothing was changed
 */
export async function rotateKeys(choices: RotationChoices): Promise<Rotation> {
  return alone(async (sql) => {
    const from = await currentKek();
    const pending = await countOld(sql, from);
    await guarded(sql`select sealed.start_rotation(${from}, ${pending > 0})`);
    // What an earlier rotation left behind is finished first. When all that is left does not open, nothing was unfinished.
    const finished = pending > 0 ? await rewrapAll(sql, from, choices.onProgress) : null;
    const resumed = finished !== null && finished.rewrapped > 0;
    const kekId = resumed ? from : await keyAdmin().add();
    const { rewrapped, damaged } = resumed ? finished : await rewrapAll(sql, kekId, choices.onProgress);
    await guarded(sql`select sealed.record_rotation(${kekId}, ${rewrapped}, ${damaged.length})`);
    const { dropped, kept } = choices.dropOld ? await dropOld(sql, kekId) : { dropped: [], kept: [] };
    return { kekId, resumed, rewrapped, damaged, dropped, kept };
  });
}

async function currentKek(): Promise<string> {
  const current = (await keyAdmin().list()).find((kek) => kek.current);
  return current?.id ?? "";
}

/** Waits until this process wraps by the key, too: the provider looks at its key ring once a second. */
async function seen(kekId: string): Promise<void> {
  for (let waited = 0; (await keyProvider().currentKekId()) !== kekId; waited += 100) {
    if (waited > 10 * SETTLE_MS) throw new KeyProviderError("The new key does not become the current one.");
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function alone<T>(act: (sql: Sql) => Promise<T>): Promise<T> {
  const held = await guarded(workerSql().reserve());
  try {
    const [lock] = await guarded(held.unsafe(`select pg_try_advisory_lock(${LOCK}) as held`));
    if (!lock?.held) throw new RotationUnderWay();
    try {
      return await act(workerSql());
    } finally {
      await held.unsafe(`select pg_advisory_unlock(${LOCK})`).catch(() => {});
    }
  } finally {
    held.release();
  }
}

/** How many data keys another key-encryption key wraps. */
async function countOld(sql: Sql, kekId: string): Promise<number> {
  const rows = await guarded(sql<{ kek_id: string; keys: string }[]>`select * from sealed.key_counts()`);
  return rows.filter((row) => row.kek_id !== kekId).reduce((sum, row) => sum + Number(row.keys), 0);
}

async function rewrapAll(
  sql: Sql,
  kekId: string,
  onProgress: RotationChoices["onProgress"],
): Promise<Pick<Rotation, "rewrapped" | "damaged">> {
  await seen(kekId);
  const of = await countOld(sql, kekId);
  let rewrapped = 0;
  let damaged: WrappedKey[] = [];
  for (let pass = 1; pass <= MOST_PASSES; pass++) {
    damaged = [];
    let found = 0;
    for await (const batch of oldKeys(sql, kekId)) {
      const { changed, unopened } = await rewrapBatch(sql, batch);
      found += changed;
      rewrapped += changed;
      damaged.push(...unopened);
      onProgress?.({ rewrapped, of: Math.max(of, rewrapped + damaged.length) });
    }
    // The first pass is never the last: a process that had not seen the new key yet may have come in behind it.
    if (pass > 1 && found === 0) break;
    await new Promise((done) => setTimeout(done, SETTLE_MS));
  }
  return {
    rewrapped,
    damaged: damaged.map(({ threadId, keyId, kekId: kek }) => ({ threadId, keyId, kekId: kek })),
  };
}

async function* oldKeys(sql: Sql, kekId: string): AsyncGenerator<WrappedKey[]> {
  let after: [string, string] = [FIRST, FIRST];
  for (;;) {
    const rows = await guarded(
      sql<{ thread_id: string; key_id: string; kek_id: string; wrapped: Buffer }[]>`
        select * from sealed.keys_not_wrapped_by(${kekId}, ${after[0]}, ${after[1]}, ${BATCH})`,
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => ({
      threadId: row.thread_id,
      keyId: row.key_id,
      kekId: row.kek_id,
      wrapped: row.wrapped,
    }));
    after = [last.thread_id, last.key_id];
  }
}

async function rewrapBatch(
  sql: Sql,
  batch: readonly WrappedKey[],
): Promise<{ changed: number; unopened: WrappedKey[] }> {
  const made = await Promise.all(batch.map(async (key) => ({ key, fresh: await rewrapKey(key) })));
  const fresh = made.flatMap(({ key, fresh }) =>
    fresh
      ? [
          {
            threadId: key.threadId,
            keyId: key.keyId,
            oldWrapped: key.wrapped.toString("base64"),
            kekId: fresh.kekId,
            wrapped: fresh.wrapped.toString("base64"),
          },
        ]
      : [],
  );
  const [row] = await guarded(
    sql<{ changed: number }[]>`select sealed.rewrap_keys(${fresh as never}::jsonb) as changed`,
  );
  return { changed: row?.changed ?? 0, unopened: made.filter((m) => !m.fresh).map((m) => m.key) };
}

/** The database bars a key first, when it wraps nothing; only then does it leave the key ring. */
async function dropOld(sql: Sql, kekId: string): Promise<Pick<Rotation, "dropped" | "kept">> {
  const admin = keyAdmin();
  const dropped: string[] = [];
  const kept: { kekId: string; keys: number }[] = [];
  for (const old of await admin.list()) {
    if (old.current || old.id === kekId) continue;
    const [row] = await guarded(sql<{ left: string }[]>`select sealed.retire_kek(${old.id}) as left`);
    const keys = Number(row?.left ?? Number.NaN);
    if (keys === 0) {
      await admin.drop(old.id);
      dropped.push(old.id);
    } else {
      kept.push({ kekId: old.id, keys });
    }
  }
  return { dropped, kept };
}
