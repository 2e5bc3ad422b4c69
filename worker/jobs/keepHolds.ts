import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { log } from "../../server/log/logger.ts";

/** Calls to mind what ends soon (holds, orders not to tell, notices that are due), and records what has lapsed. */
export async function keepHolds(): Promise<void> {
  const [row] = await guarded(
    workerSql()<{ reminded: number; lapsed: number; notices: number }[]>`
      select h.reminded, h.lapsed, legal.keep_notices_in_mind() as notices from legal.keep_holds_in_mind() h`,
  );
  if (row?.lapsed) log.info("holds.lapsed", { job: "keep-holds", count: row.lapsed });
  if (row && row.reminded + row.notices > 0)
    log.info("holds.reminded", { job: "keep-holds", count: row.reminded + row.notices });
}
