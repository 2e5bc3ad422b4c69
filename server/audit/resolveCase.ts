import { sql } from "drizzle-orm";
import type { AuditFilters } from "../../contracts/audit.ts";
import type { ActorTransaction } from "../../db/web-client.ts";

// No event has it: asking for a case that nobody may know of finds nothing, as it should.
const NO_CASE = "00000000-0000-0000-0000-000000000000";

/** Turns the number that people type into the id that events carry. */
export async function resolveCase(
  tx: ActorTransaction,
  { caseNumber, ...filters }: AuditFilters,
): Promise<Omit<AuditFilters, "caseNumber">> {
  if (caseNumber === undefined) return filters;
  const [row] = await tx.execute<{ id: string | null }>(
    sql`select audit.case_of_number(${caseNumber}::bigint) as id`,
  );
  const id = row?.id ?? NO_CASE;
  return { ...filters, case: filters.case && filters.case !== id ? NO_CASE : id };
}
