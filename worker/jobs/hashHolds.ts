import { hashHolds as hash } from "../../server/legal/holds/hashHolds.ts";
import { log } from "../../server/log/logger.ts";

/** Hashes what holds keep, and compares it where that was asked for. */
export async function hashHolds(): Promise<void> {
  const count = await hash();
  if (count > 0) log.info("holds.hashed", { job: "hash-holds", count });
}
