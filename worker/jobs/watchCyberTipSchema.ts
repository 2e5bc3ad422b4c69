import type { Task } from "graphile-worker";
import { watchSchema } from "../../server/cybertip/filing/watchSchema.ts";
import { log } from "../../server/log/logger.ts";

/** Looks whether NCMEC's schema is still the one that we send by. Nothing happens where no credentials are set. */
export const watchCyberTipSchema: Task = async (_, { abortSignal }) => {
  const found = await watchSchema(abortSignal);
  if (found && found.outcome !== "same")
    log.warn("cybertip.schema_differs", { job: "watch-cybertip-schema", code: found.outcome });
};
