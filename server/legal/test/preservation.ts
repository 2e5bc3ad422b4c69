import { randomBytes, randomUUID } from "node:crypto";
import type { Person, World } from "../../test/world.ts";

interface Ask {
  readonly type?: string;
  readonly jurisdiction?: string;
  readonly accounts: readonly string[];
  readonly from?: string | null;
  readonly to?: string | null;
  readonly policy?: string;
  readonly childSafety?: boolean;
  readonly emergency?: boolean;
}

/** A request as it was registered, in state `received`. How it comes about is tested with the register. */
export async function received(
  { admin, platformId }: Pick<World, "admin"> & { readonly platformId: string },
  by: Pick<Person, "id">,
  {
    type = "preservation_2703f",
    jurisdiction = "US",
    accounts,
    from = null,
    to = null,
    policy = "after",
    childSafety = false,
    emergency = type === "emergency_disclosure",
  }: Ask,
): Promise<string> {
  const requestId = randomUUID();
  await admin`
    insert into legal.requests (id, type, jurisdiction, issuer, agency_name, officer_name, reference, channel, received_at, due_at,
      due_rule, local_zone, categories, range_from, range_to, digest, registered_by, scoped_by, notice_policy, child_safety, emergency)
    values (${requestId}, ${type}, ${jurisdiction}, 'police', 'Example Police', 'Officer Example', ${`REF-${requestId.slice(0, 8)}`},
      'post', now() - interval '1 hour', now() + interval '10 days', 'example', 'UTC', '{subscriber}', ${from}, ${to},
      ${randomBytes(32)}, ${by.id}, ${by.id}, ${policy}, ${childSafety}, ${emergency})`;
  for (const [i, account] of accounts.entries())
    await admin`insert into legal.request_accounts (request_id, n, platform_id, platform_participant_id, added_version, added_by)
      values (${requestId}, ${i + 1}, ${platformId}, ${account}, 1, ${by.id})`;
  return requestId;
}

/**
 * Moves a hold back in time, as the clock cannot be turned: by somebody who may alter tables.
 *
 * @param by an interval such as `89 days`
 */
export async function age({ admin }: World, holdId: string, by: string): Promise<void> {
  await admin.begin(async (tx) => {
    await tx`alter table legal.holds disable trigger keep_holds`;
    await tx`update legal.holds set from_at = from_at - ${by}::interval, until_at = until_at - ${by}::interval,
      review_due_at = review_due_at - ${by}::interval where id = ${holdId}`;
    await tx`alter table legal.holds enable trigger keep_holds`;
  });
}
