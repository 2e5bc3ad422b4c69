import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import { log } from "../../server/log/logger.ts";

/** Lets requests lapse that nobody answered, and approvals that nobody took up, so that both sides hear of it. */
export async function expireRequests(): Promise<void> {
  const [row] = await guarded(workerSql()<{ count: number }[]>`select access.expire_requests() as count`);
  if (row?.count) log.info("requests.expired", { job: "expire-requests", count: row.count });
}
