import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { type KekInfo, keyAdmin } from "./keys/keyAdmin.ts";

/** A key-encryption key and how many data keys it wraps. `known` is false when the key ring lacks it: those are lost. */
export type KekUse = Omit<KekInfo, "createdAt"> & {
  readonly createdAt: string | null;
  readonly keys: number;
  readonly known: boolean;
};

/** Every key-encryption key of the key ring, and every one that the database says something is wrapped by. */
export async function listKeys(): Promise<KekUse[]> {
  const rows = await guarded(
    workerSql()<{ kek_id: string; keys: string }[]>`select * from sealed.key_counts()`,
  );
  const counts = new Map(rows.map((row) => [row.kek_id, Number(row.keys)]));
  const known = (await keyAdmin().list()).map((kek) => ({
    ...kek,
    keys: counts.get(kek.id) ?? 0,
    known: true,
  }));
  const ids = new Set(known.map((kek) => kek.id));
  const missing = [...counts].filter(([id]) => !ids.has(id));
  return [
    ...known,
    ...missing.map(([id, keys]) => ({ id, createdAt: null, current: false, keys, known: false })),
  ];
}
