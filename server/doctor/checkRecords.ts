import type { Sql } from "postgres";
import type { Finding } from "./finding.ts";

const SHOWN = 10;

/** What must stand beside what. Each query answers the ids of what does not. */
const PAIRS: { code: string; what: string; query: string }[] = [
  {
    code: "view-without-event",
    what: "Views that no event tells of: somebody forged them, and may have read under them.",
    query: `select v.id from access.views v where not exists (select from audit.events e
      where e.id = v.event_id and e.action = 'view.opened' and e.outcome = 'done' and e.view_id = v.id
        and e.actor_id = v.staff_id and e.case_id = v.case_id and e.thread_id = v.thread_id and e.purpose = v.purpose
        and e.reason = v.reason and e.detail ->> 'scope' = v.scope
        and e.detail ->> 'until' = unseal.instant(v.expires_at)
        and coalesce(e.detail ->> 'messagesSha256' = encode(sha256(convert_to(array_to_string(v.message_ids, ','), 'UTF8')), 'hex'),
          (e.detail ->> 'messages')::integer = cardinality(v.message_ids)))
      and (v.event_id is not null or v.opened_at > (select m.applied_at from unseal_meta.migrations m where m.name like '0008%'))`,
  },
  {
    code: "event-without-view",
    what: "Events of views that are gone: somebody deleted who read what.",
    query: `select e.id from audit.events e where e.action = 'view.opened' and e.outcome = 'done'
      and not exists (select from access.views v where v.id = e.view_id)`,
  },
  {
    code: "grant-without-event",
    what: "Grants that nobody asked for: somebody forged them. Revoke them, and look at the views under them.",
    query: `select g.id from access.grants g where not exists (select from audit.events e
      where e.grant_id = g.id and e.outcome = 'done' and e.actor_id = g.staff_id and e.case_id = g.case_id
        and e.action in ('access.requested', 'approval.taken_up', 'glass.broken')
        and coalesce(e.detail ->> 'scope', g.scope) = g.scope)`,
  },
  {
    code: "approval-without-event",
    what: "Approvals that nobody gave: somebody forged them. Withdraw the requests, and look at the views under their grants.",
    query: `select p.request_id from access.approvals p where not exists (select from audit.events e
      where e.action = case p.answer when 'approved' then 'approval.approved' else 'approval.denied' end and e.outcome = 'done'
        and e.actor_id = p.staff_id and e.detail ->> 'request' = p.request_id::text)`,
  },
  {
    code: "policy-without-event",
    what: "Versions of the access policy that nobody confirmed: somebody put them in force.",
    query: `select v.id from access.policy_versions v where v.decided_by is not null and v.state in ('active', 'superseded')
      and not exists (select from audit.events e where e.action = 'policy.confirmed' and e.outcome = 'done'
        and e.actor_id = v.decided_by and (e.detail ->> 'version')::integer = v.number)
      union all
      select v.id from access.policy_versions v where v.drafted_by is null and v.number <> 1`,
  },
  {
    code: "staff-without-event",
    what: "Staff whose roles, regions or clearances are not those that the log last gave them.",
    query: `select m.id from staff.members m left join lateral (select e.detail from audit.events e
        where e.subject_staff_id = m.id and e.action in ('staff.created', 'staff.changed') and e.outcome = 'done'
        order by e.id desc limit 1) e on true
      where e.detail is null or e.detail -> 'roles' <> to_jsonb(m.roles) or e.detail -> 'regions' <> to_jsonb(m.regions)
        or e.detail -> 'clearances' <> to_jsonb(m.clearances)`,
  },
  {
    code: "event-without-signal",
    what: "Signals of misuse that are gone: somebody deleted them.",
    query: `select e.id from audit.events e where e.action = 'signal.raised' and e.outcome = 'done'
      and not exists (select from access.signals s where s.id::text = e.detail ->> 'signalId')`,
  },
  {
    code: "conclusion-without-event",
    what: "Signals of misuse that nobody concluded so.",
    query: `select s.id from access.signals s where s.state = 'resolved' and not exists (select from audit.events e
      where e.action = 'signal.resolved' and e.outcome = 'done' and e.actor_id = s.resolved_by
        and e.detail ->> 'signalId' = s.id::text and e.detail ->> 'conclusion' = s.conclusion and e.reason = s.note)`,
  },
  {
    code: "verdict-without-event",
    what: "Reviews that nobody gave so.",
    query: `select r.id from access.reviews r where r.state = 'done' and not exists (select from audit.events e
      where e.action = 'review.given' and e.outcome = 'done' and e.actor_id = r.reviewer_id
        and e.detail ->> 'reviewId' = r.id::text and e.detail ->> 'verdict' = r.verdict and e.reason = r.note)`,
  },
  {
    code: "decision-without-event",
    what: "Decisions that no event tells of.",
    query: `select d.id from triage.decisions d where not exists (select from audit.events e
      where e.decision_id = d.id and e.action = 'case.decided' and e.outcome = 'done' and e.actor_id = d.decided_by)`,
  },
];

/**
 * Holds the tables of the work against the events of the log, both ways: a forged grant has no event, a deleted view leaves
 * one behind. (Events and leaves are held against each other by the check of the log.)
 *
 * @param sql a connection of an administrator
 * @param onCheck called before each look, with its name
 */
export async function checkRecords(sql: Sql, onCheck: (name: string) => void = () => {}): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { code, what, query } of PAIRS) {
    onCheck(code);
    const rows = await sql.unsafe(
      `select count(*) over ()::int as n, t.id from (${query}) t(id) limit ${SHOWN}`,
    );
    const [first] = rows;
    if (!first) continue;
    const more = first.n > rows.length ? ` and ${first.n - rows.length} more` : "";
    findings.push({ check: "records", code, where: rows.map((row) => row.id).join(", ") + more, what });
  }
  return findings;
}
