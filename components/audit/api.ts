import {
  type AuditExportFormat,
  auditCaseTrail,
  auditEventDetail,
  auditNewer,
  auditPage,
  auditPeople,
  auditStaffTrail,
  auditStaffViews,
  auditThread,
  threadForPerson,
} from "../../contracts/audit.ts";
import { request } from "../api/request.ts";
import { filterQuery, type KnownFilters } from "./filters.ts";

/** The HTTP API of the log as the pages use it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };

const PAGE = 50;
const TRAIL_PAGE = 100;

export function fetchEvents(filters: KnownFilters, cursor: string | null, asked: Asked = {}) {
  const query = filterQuery({ ...filters, cursor, limit: PAGE });
  return request(`/api/audit/events?${query}`, { answer: auditPage, ...asked });
}

export const fetchEvent = (eventId: string, asked: Asked = {}) =>
  request(`/api/audit/events/${eventId}`, { answer: auditEventDetail, ...asked });

export const fetchNewer = (filters: KnownFilters, after: string, asked: Asked = {}) =>
  request(`/api/audit/newer?${filterQuery({ ...filters, after })}`, { answer: auditNewer, ...asked });

export function fetchCaseTrail(caseId: string, cursor: string | null, asked: Asked = {}) {
  const query = filterQuery({ cursor, limit: TRAIL_PAGE });
  return request(`/api/audit/cases/${caseId}?${query}`, { answer: auditCaseTrail, ...asked });
}

export function fetchStaffTrail(staffId: string, cursor: string | null, asked: Asked = {}) {
  const query = filterQuery({ cursor, limit: TRAIL_PAGE });
  return request(`/api/audit/staff/${staffId}?${query}`, { answer: auditStaffTrail, ...asked });
}

export function fetchStaffViews(staffId: string, cursor: string | null, asked: Asked = {}) {
  const query = filterQuery({ cursor, limit: TRAIL_PAGE });
  return request(`/api/audit/staff/${staffId}/views?${query}`, { answer: auditStaffViews, ...asked });
}

export function fetchThread(threadId: string, cursor: string | null, asked: Asked = {}) {
  const query = filterQuery({ cursor, limit: TRAIL_PAGE });
  return request(`/api/audit/threads/${threadId}?${query}`, { answer: auditThread, ...asked });
}

/** Draws the document up. Each call is an export of its own, and in the log. */
export const fetchForPerson = (threadId: string, withReasons: boolean) =>
  request(`/api/audit/threads/${threadId}/person?reasons=${withReasons ? 1 : 0}`, {
    answer: threadForPerson,
  });

export const fetchPeople = (asked: Asked = {}) =>
  request("/api/audit/people", { answer: auditPeople, ...asked });

/** Where the browser gets the log as a file. It is written while it is sent, so it never passes through the page. */
export function exportAddress(filters: KnownFilters, format: AuditExportFormat): string {
  return `/api/audit/export?${filterQuery({ ...filters, format })}`;
}

/** Keys of the query cache, which holds metadata only. */
export const auditKeys = {
  events: (filters: KnownFilters) => ["audit", "events", filters] as const,
  event: (eventId: string) => ["audit", "event", eventId] as const,
  case: (caseId: string) => ["audit", "case", caseId] as const,
  staff: (staffId: string) => ["audit", "staff", staffId] as const,
  staffViews: (staffId: string) => ["audit", "staff", staffId, "views"] as const,
  thread: (threadId: string) => ["audit", "thread", threadId] as const,
  people: ["audit", "people"] as const,
};
