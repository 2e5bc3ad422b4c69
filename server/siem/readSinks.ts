import { desc } from "drizzle-orm";
import { asAudit } from "../../db/audit-client.ts";
import { checkpoints, siemSinks } from "../../db/schema/index.ts";

/** How the sinks get on, for the operator at the command line, as unseal_audit. @throws DatabaseFailure */
export function readSinks() {
  return asAudit(async (tx) => {
    const [head] = await tx
      .select({ size: checkpoints.size })
      .from(checkpoints)
      .orderBy(desc(checkpoints.size))
      .limit(1);
    return { size: head?.size ?? 0, sinks: await tx.select().from(siemSinks).orderBy(siemSinks.name) };
  });
}
