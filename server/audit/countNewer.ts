import { and, eq, gt, not, sql } from "drizzle-orm";
import type { z } from "zod";
import type { AuditNewer, auditNewerQuery } from "../../contracts/audit.ts";
import { events } from "../../db/schema/index.ts";
import { asActor } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";
import { eventConditions } from "./eventConditions.ts";
import { readReach } from "./readReach.ts";
import { resolveCase } from "./resolveCase.ts";

const MOST = 100;

/**
 * How many events have come since the newest one on the page. It shows none of them, so it is no search; one's own looks
 * at the log are left out, or the page would announce itself.
 *
 * @throws Refusal `not-signed-in`
 */
export async function countNewer(actor: Actor, query: z.output<typeof auditNewerQuery>): Promise<AuditNewer> {
  const { after, ...filters } = query;
  const reach = await readReach(actor);
  return asActor(actor, async (tx) => {
    const found = await tx
      .select({ one: sql`1` })
      .from(events)
      .where(
        and(
          eventConditions(reach, await resolveCase(tx, filters)),
          gt(events.id, after),
          not(
            and(
              eq(events.action, "audit.searched"),
              sql`${events.actorId} is not distinct from ${reach.staffId}::uuid`,
            ) ?? sql`false`,
          ),
        ),
      )
      .limit(MOST + 1);
    return { count: Math.min(found.length, MOST), capped: found.length > MOST };
  });
}
