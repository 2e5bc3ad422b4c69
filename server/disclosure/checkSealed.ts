import { createSecretKey, type KeyObject } from "node:crypto";
import type { Sql } from "postgres";
import { openBox } from "./box.ts";
import { KeyProviderError } from "./keys/KeyProvider.ts";
import { keyProvider } from "./keys/provider.ts";
import { keyBytes, type Slot, slotBytes } from "./slots.ts";

/** What was found of one kind. Ids only. */
export interface SealedDamage {
  readonly of: "data key" | Slot["of"];
  readonly threadId: string;
  readonly id: string;
}

const THREADS_AT_ONCE = 200;
const PIECES_AT_ONCE = 8;

/** Every sealed text of some threads, with the slot it belongs in. The text itself never becomes a string. */
const BOXES = `
  select thread_id, key_id, 'message' as of, id, 0 as ordinal, body_ct as box from sealed.messages
   where thread_id = any ($1) and body_ct is not null
  union all select thread_id, key_id, 'identity', id, 0, identity_ct from sealed.participants where thread_id = any ($1)
  union all select thread_id, key_id, 'words', flag_id, 0, words_ct from sealed.flag_words where thread_id = any ($1)
  union all select thread_id, key_id, 'location', message_id, ordinal, location_ct from sealed.attachments where thread_id = any ($1)
  union all select thread_id, key_id, 'cybertip', report_id, revision, draft_ct from sealed.cybertip_drafts where thread_id = any ($1)
  union all select thread_id, key_id, 'answer', step_id, 0, answer_ct from sealed.cybertip_answers where thread_id = any ($1)`;

/**
 * Opens every ciphertext in its own place and throws the plain bytes away: one that was moved to another thread or message,
 * changed, or is there under a key of another thread, does not open.
 *
 * @param sql a connection that may read `sealed.*`: an administrator's. Needs the key ring of this process
 * @param onProgress threads done so far
 * @returns how many were opened, and what did not open
 */
export async function checkSealed(
  sql: Sql,
  onProgress: (threads: number) => void = () => {},
): Promise<{ opened: number; damaged: SealedDamage[] }> {
  const damaged: SealedDamage[] = [];
  let opened = 0;
  let threads = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const batch = await sql<{ id: string }[]>`
      select id from (
        select distinct thread_id as id from sealed.thread_keys where thread_id > ${after}
        union select distinct thread_id from sealed.messages where thread_id > ${after}
      ) t order by id limit ${THREADS_AT_ONCE}`;
    const ids = batch.map((row) => row.id);
    const last = ids.at(-1);
    if (!last) return { opened, damaged };
    const keys = await dataKeys(sql, ids, damaged);
    for (const row of await sql.unsafe(BOXES, [ids] as never[])) {
      const slot: Slot =
        row.of === "location"
          ? { of: "location", id: row.id, ordinal: row.ordinal }
          : row.of === "cybertip"
            ? { of: "cybertip", id: row.id, revision: row.ordinal }
            : { of: row.of, id: row.id };
      const key = keys.get(`${row.thread_id} ${row.key_id}`);
      const plain = key && openBox(key, row.box, slotBytes(row.thread_id, row.key_id, slot));
      if (plain) {
        plain.fill(0);
        opened++;
      } else damaged.push({ of: slot.of, threadId: row.thread_id, id: row.id });
    }
    opened += await checkPieces(sql, ids, keys, damaged);
    after = last;
    threads += ids.length;
    onProgress(threads);
  }
}

/** Pieces of packets, some at a time: one packet alone may be larger than memory. @returns how many were opened */
async function checkPieces(
  sql: Sql,
  ids: readonly string[],
  keys: ReadonlyMap<string, KeyObject>,
  damaged: SealedDamage[],
): Promise<number> {
  let opened = 0;
  let after: { thread_id: string; part_no: number; n: number } | undefined;
  for (;;) {
    const rows = await sql`
      select thread_id, part_no, n, key_id, piece_ct as box from sealed.legal_pieces
       where thread_id = any (${ids}) and (${after === undefined} or (thread_id, part_no, n)
           > (${after?.thread_id ?? null}::uuid, ${after?.part_no ?? null}::integer, ${after?.n ?? null}::integer))
       order by thread_id, part_no, n limit ${PIECES_AT_ONCE}`;
    for (const { thread_id: id, part_no: part, n, key_id: keyId, box } of rows) {
      const key = keys.get(`${id} ${keyId}`);
      const plain = key && openBox(key, box, slotBytes(id, keyId, { of: "piece", id, part, n }));
      if (plain) {
        plain.fill(0);
        opened++;
      } else damaged.push({ of: "piece", threadId: id, id: `${id}/${part}/${n}` });
    }
    after = rows.at(-1) as typeof after;
    if (!after) return opened;
  }
}

async function dataKeys(
  sql: Sql,
  ids: readonly string[],
  damaged: SealedDamage[],
): Promise<Map<string, KeyObject>> {
  const keys = new Map<string, KeyObject>();
  const rows = await sql`
    select thread_id, key_id, kek_id, wrapped from sealed.thread_keys where thread_id = any (${ids})`;
  for (const row of rows) {
    const dataKey = await keyProvider()
      .unwrap(row.kek_id, row.wrapped, keyBytes(row.thread_id, row.key_id))
      .catch((error: unknown) => {
        if (error instanceof KeyProviderError) return null;
        throw error;
      });
    if (!dataKey) damaged.push({ of: "data key", threadId: row.thread_id, id: row.key_id });
    else keys.set(`${row.thread_id} ${row.key_id}`, createSecretKey(dataKey));
    dataKey?.fill(0);
  }
  return keys;
}
