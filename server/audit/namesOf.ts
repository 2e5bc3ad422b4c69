import { inArray, sql } from "drizzle-orm";
import { members, platforms } from "../../db/schema/index.ts";
import type { ActorTransaction } from "../../db/web-client.ts";

/** What ids are called, as far as the reader may know. */
export interface Names {
  readonly staff: ReadonlyMap<string, string>;
  readonly platforms: ReadonlyMap<string, string>;
  readonly cases: ReadonlyMap<string, number>;
}

/** The ids of one page of events or views. */
export interface Named {
  readonly staff: Iterable<string | null>;
  readonly platforms?: Iterable<string | null>;
  readonly cases: Iterable<string | null>;
}

const known = (ids: Iterable<string | null> = []) => [...new Set(ids)].filter((id) => id !== null);

/** Looks up the names of a page's ids, all at once and after the page was cut: joins would cost the page its index. */
export async function namesOf(tx: ActorTransaction, ids: Named): Promise<Names> {
  const [staffIds, platformIds, caseIds] = [known(ids.staff), known(ids.platforms), known(ids.cases)];
  const [staff, platform, cases] = await Promise.all([
    staffIds.length > 0
      ? tx.select({ id: members.id, name: members.name }).from(members).where(inArray(members.id, staffIds))
      : [],
    platformIds.length > 0
      ? tx
          .select({ id: platforms.id, name: platforms.name })
          .from(platforms)
          .where(inArray(platforms.id, platformIds))
      : [],
    caseIds.length > 0
      ? tx.execute<{ id: string; number: string }>(
          sql`select id, number from audit.case_numbers(${`{${caseIds.join()}}`}::uuid[])`,
        )
      : [],
  ]);
  return {
    staff: new Map(staff.map((row) => [row.id, row.name])),
    platforms: new Map(platform.map((row) => [row.id, row.name])),
    cases: new Map([...cases].map((row) => [row.id, Number(row.number)])),
  };
}

/** @returns the staff member with their name, or with a dash where the reader may not know it */
export function staffRefOf(names: Names, id: string): { id: string; name: string } {
  return { id, name: names.staff.get(id) ?? "—" };
}

/** @returns the case with its number, when the reader may know it */
export function caseRefOf(names: Names, id: string): { id: string; number: number | null } {
  return { id, number: names.cases.get(id) ?? null };
}
