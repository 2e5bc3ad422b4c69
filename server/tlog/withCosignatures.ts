import type { Query } from "../../db/auditSession.ts";
import type { Head } from "./sequencer/readTree.ts";

/** The note with the signatures of the witnesses that saw this very tree. */
export async function withCosignatures(query: Query, head: Head): Promise<string> {
  const lines = await query<{ line: string }>(
    "select line from audit.cosignatures where size = $1 order by witness",
    [head.size],
  );
  return head.note + lines.map(({ line }) => `${line}\n`).join("");
}
