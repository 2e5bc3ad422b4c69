import type { AuditEvent } from "../../contracts/audit.ts";
import { events } from "../../db/schema/index.ts";
import type { ActorTransaction } from "../../db/web-client.ts";
import { caseRefOf, type Names, namesOf, staffRefOf } from "./namesOf.ts";

/** What a line of the log needs of an event. */
export const EVENT_COLUMNS = {
  id: events.id,
  at: events.at,
  actorKind: events.actorKind,
  actorId: events.actorId,
  actorRoles: events.actorRoles,
  action: events.action,
  outcome: events.outcome,
  caseId: events.caseId,
  subjectStaffId: events.subjectStaffId,
  purpose: events.purpose,
  reason: events.reason,
  viewId: events.viewId,
  detail: events.detail,
  ip: events.ip,
};

type EventRow = Pick<typeof events.$inferSelect, keyof typeof EVENT_COLUMNS>;

/** Turns rows into lines, with the names that the reader may know. */
export async function toEvents(tx: ActorTransaction, rows: readonly EventRow[]): Promise<AuditEvent[]> {
  const names = await namesOf(tx, {
    staff: rows.flatMap((row) => [row.actorKind === "platform" ? null : row.actorId, row.subjectStaffId]),
    platforms: rows.map((row) => (row.actorKind === "platform" ? row.actorId : null)),
    cases: rows.map((row) => row.caseId),
  });
  return rows.map((row) => toEvent(names, row));
}

function toEvent(names: Names, row: EventRow): AuditEvent {
  const { code, messages } = row.detail;
  return {
    id: row.id,
    at: row.at.toISOString(),
    actorKind: row.actorKind,
    actor: actorOf(names, row),
    actorRoles: row.actorRoles ?? [],
    action: row.action,
    outcome: row.outcome,
    denial: row.outcome === "denied" && typeof code === "string" ? code : null,
    case: row.caseId === null ? null : caseRefOf(names, row.caseId),
    subjectStaff: row.subjectStaffId === null ? null : staffRefOf(names, row.subjectStaffId),
    purpose: row.purpose,
    reason: row.reason,
    viewId: row.viewId,
    messages: typeof messages === "number" ? messages : null,
    ip: row.ip,
  };
}

function actorOf(names: Names, row: EventRow): AuditEvent["actor"] {
  if (row.actorId === null) return null;
  if (row.actorKind !== "platform") return staffRefOf(names, row.actorId);
  return { id: row.actorId, name: names.platforms.get(row.actorId) ?? "—" };
}
