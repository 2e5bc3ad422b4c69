import type { Sql } from "postgres";
import type { Finding } from "./finding.ts";

const SHOWN = 10;

/** What must stand beside what. Each query answers the ids of what does not. */
const PAIRS: { code: string; what: string; query: string }[] = [
  {
    code: "event-without-leaf",
    what: "Events that the log of leaves does not know: they were written around the product, or their leaves were taken away.",
    query: `select e.id from audit.events e where not exists (select from audit.leaves l where l.event_id = e.id)
      and not exists (select from audit.pending_leaves p where p.event_id = e.id)`,
  },
  {
    code: "leaf-without-event",
    what: "Leaves whose events are gone: somebody deleted history. The leaf says what the event was; restore it from a backup.",
    query: `select l.event_id from audit.leaves l where not exists (select from audit.events e where e.id = l.event_id)
      union all
      select p.event_id from audit.pending_leaves p where not exists (select from audit.events e where e.id = p.event_id)`,
  },
  {
    code: "event-changed",
    what: "Events that do not say what their leaves say: somebody rewrote them after they were written.",
    query: `select e.id from audit.events e join audit.leaves l on l.event_id = e.id
       where audit.entry_of(e.id, audit.leaf(e)) <> l.leaf
      union all
      select e.id from audit.events e join audit.pending_leaves p on p.event_id = e.id where audit.leaf(e) <> p.leaf`,
  },
  {
    code: "event-twice",
    what: "Events that stand in the log more than once.",
    query: `select l.event_id from audit.leaves l group by 1 having count(*) > 1`,
  },
  {
    code: "view-without-event",
    what: "Views that no event tells of: somebody forged them, and may have read under them.",
    query: `select v.id from access.views v where not exists (select from audit.events e
      where e.id = v.event_id and e.action = 'view.opened' and e.outcome = 'done' and e.view_id = v.id
        and e.actor_id = v.staff_id and e.case_id = v.case_id and e.thread_id = v.thread_id and e.purpose = v.purpose
        and e.reason = v.reason)
      and v.event_id is not null`,
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
        and e.action in ('access.requested', 'access.opened', 'glass.broken'))`,
  },
  {
    code: "decision-without-event",
    what: "Decisions that no event tells of.",
    query: `select d.id from triage.decisions d where not exists (select from audit.events e
      where e.decision_id = d.id and e.action = 'case.decided' and e.outcome = 'done' and e.actor_id = d.decided_by)`,
  },
];

/**
 * Holds the tables of the work against the log, both ways: a forged grant has no event, a deleted event leaves its leaf.
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
