import { sql } from "drizzle-orm";
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
const asArray = (ids: readonly string[]) => sql`${`{${ids.join()}}`}::uuid[]`;

/**
 * Looks up the names of a page's ids, all in one statement and after the page was cut: joins would cost the page its
 * index.
 */
export async function namesOf(tx: ActorTransaction, ids: Named): Promise<Names> {
  const [staff, ofPlatforms, cases] = [known(ids.staff), known(ids.platforms), known(ids.cases)];
  if (staff.length + ofPlatforms.length + cases.length === 0) return namesFrom([]);
  return namesFrom(
    await tx.execute<NameRow>(sql`
      select 'staff' as kind, ${members.id} as id, ${members.name} as name from ${members}
       where ${members.id} = any (${asArray(staff)})
      union all
      select 'platforms', ${platforms.id}, ${platforms.name} from ${platforms}
       where ${platforms.id} = any (${asArray(ofPlatforms)})
      union all
      select 'cases', id, number::text from audit.case_numbers(${asArray(cases)})`),
  );
}

type NameRow = { kind: keyof Names; id: string; name: string };

function namesFrom(rows: Iterable<NameRow>): Names {
  const names = {
    staff: new Map<string, string>(),
    platforms: new Map<string, string>(),
    cases: new Map<string, number>(),
  };
  for (const { kind, id, name } of rows) {
    if (kind === "cases") names.cases.set(id, Number(name));
    else names[kind].set(id, name);
  }
  return names;
}

/** @returns the staff member with their name, or with a dash where the reader may not know it */
export function staffRefOf(names: Names, id: string): { id: string; name: string } {
  return { id, name: names.staff.get(id) ?? "—" };
}

/** @returns the case with its number, when the reader may know it */
export function caseRefOf(names: Names, id: string): { id: string; number: number | null } {
  return { id, number: names.cases.get(id) ?? null };
}
