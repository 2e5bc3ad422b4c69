import { runErasures as run } from "../../server/legal/erasures/runErasures.ts";
import { log } from "../../server/log/logger.ts";

/** Carries out the erasures that platforms asked for, as far as nothing stands in their way. */
export async function runErasures(): Promise<void> {
  const { batches } = await run();
  if (batches > 0) log.info("erasures.run", { job: "run-erasures", count: batches });
}
