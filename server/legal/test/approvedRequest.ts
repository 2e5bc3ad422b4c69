import { randomBytes, randomUUID } from "node:crypto";
import type { Person, World } from "../../test/world.ts";

type Counsel = Pick<Person, "id" | "sessionId">;

interface Ask {
  readonly type?: string;
  readonly categories?: readonly string[];
  /** What the approval gives: all of the categories unless told. */
  readonly allowed?: readonly string[];
  readonly accounts?: readonly string[];
  readonly from?: string | null;
  readonly to?: string | null;
}

/**
 * A request that two counsels stand behind, its requester called back, as it lies in the database: for tests of what comes
 * after the approval. How it comes about is tested with the register.
 *
 * @param first who registered and handled it
 * @param second who approved it
 */
export async function approvedRequest(
  { admin, platformId }: Pick<World, "admin"> & { readonly platformId: string },
  { first, second }: { readonly first: Counsel; readonly second: Counsel },
  {
    type = "warrant",
    categories = ["subscriber", "identification", "traffic", "content"],
    allowed = categories,
    accounts = ["p-0"],
    from = null,
    to = null,
  }: Ask = {},
): Promise<{ requestId: string; number: number }> {
  const requestId = randomUUID();
  const [agency] = await admin`
    insert into legal.agencies (name, country, kind, source, entered_by, entered_at)
    values (${`Example Police ${requestId}`}, 'US', 'police', 'Public directory', ${first.id}, now() - interval '20 days') returning id`;
  const [number] = await admin`
    insert into legal.agency_numbers (agency_id, number, label, source, entered_by, entered_at, confirmed_by, confirmed_at, confirm_source)
    values (${agency?.id}, '+12025550123', 'Front desk', 'Public directory', ${first.id}, now() - interval '10 days', ${second.id},
      now() - interval '9 days', 'Another directory') returning id`;
  const [row] = await admin`
    insert into legal.requests (id, type, jurisdiction, issuer, agency_id, agency_name, officer_name, reference, channel, received_at,
      issued_at, due_at, due_rule, local_zone, categories, allowed, range_from, range_to, digest, registered_by, registered_at, scoped_by,
      handled_by, handled_at, approved_by, approved_at, approved_version, state)
    values (${requestId}, ${type}, 'US', ${type === "civil_subpoena" ? "party" : "judge"}, ${agency?.id}, 'Example Police', 'Officer Example',
      ${`REF-${requestId.slice(0, 8)}`}, 'post', now() - interval '3 days', now() - interval '4 days', now() + interval '10 days', 'example',
      'UTC', ${[...categories]}, ${[...allowed]}, ${from}, ${to}, ${randomBytes(32)}, ${first.id}, now() - interval '2 days', ${first.id},
      ${first.id}, now() - interval '2 days', ${second.id}, now(), 1, 'approved') returning number`;
  for (const [i, account] of accounts.entries())
    await admin`insert into legal.request_accounts (request_id, n, platform_id, platform_participant_id, added_version, added_by)
      values (${requestId}, ${i + 1}, ${platformId}, ${account}, 1, ${first.id})`;
  await admin`insert into legal.verifications (request_id, requester_version, kind, outcome, staff_id, session_id, note, at, event_id)
    values (${requestId}, 1, 'document', 'passed', ${first.id}, ${first.sessionId}, 'Looked at the order.', now() - interval '1 day',
      ${randomUUID()})`;
  await admin`insert into legal.verifications (request_id, requester_version, kind, outcome, staff_id, session_id, number_id, spoke_with,
      called_at, note, at, event_id)
    values (${requestId}, 1, 'call_back', 'passed', ${first.id}, ${first.sessionId}, ${number?.id}, 'Officer Example',
      now() - interval '1 day', 'Called back.', now() - interval '1 day', ${randomUUID()})`;
  return { requestId, number: Number(row?.number) };
}
