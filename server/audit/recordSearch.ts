import type { AuditFilters, AuditReach } from "../../contracts/audit.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/** What of the log is looked at. */
export type AuditPageKind = "events" | "event" | "case" | "staff" | "thread";

/**
 * Records that somebody looks at the log, before they see any of it. The database writes at most one event for one
 * person, page and set of filters in five minutes, and none for looking at one's own acts.
 *
 * @param filters what is asked for; `event` names one record, `thread` one thread
 * @returns whose events the actor may read
 * @throws Refusal when this page of the log is not theirs, recorded; DatabaseFailure when it cannot be recorded: then
 *   nothing may be shown
 */
export function recordSearch(
  actor: Actor,
  page: AuditPageKind,
  filters: AuditFilters & { event?: string; thread?: string },
): Promise<AuditReach> {
  return call<AuditReach>(actor, "audit.record_search", page, filters);
}
