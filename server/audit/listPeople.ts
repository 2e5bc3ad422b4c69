import { asc } from "drizzle-orm";
import type { AuditPeople } from "../../contracts/audit.ts";
import { members, platforms } from "../../db/schema/index.ts";
import { asActor } from "../../db/web-client.ts";
import type { Actor } from "../actor.ts";
import { readReach } from "./readReach.ts";

const MOST = 5_000;

/**
 * Names for the filters: the staff members and platforms that the actor may know of.
 *
 * @throws Refusal `not-signed-in`
 */
export async function listPeople(actor: Actor): Promise<AuditPeople> {
  await readReach(actor);
  return asActor(actor, async (tx) => {
    const [people, known] = await Promise.all([
      tx
        .select({ id: members.id, name: members.name, roles: members.roles })
        .from(members)
        .orderBy(asc(members.name), asc(members.id))
        .limit(MOST),
      tx
        .select({ id: platforms.id, name: platforms.name })
        .from(platforms)
        .orderBy(asc(platforms.name), asc(platforms.id))
        .limit(MOST),
    ]);
    return { people, platforms: known };
  });
}
