import "./withoutEval.ts";
import type { z } from "zod";
import {
  type OpenViewRequest,
  openViewResult,
  viewContent,
  viewStanding,
} from "../../contracts/disclosure.ts";
import { meDto } from "../../contracts/session.ts";
import {
  caseDetail,
  claimNextResult,
  claimResult,
  type DecideRequest,
  decideResult,
  queueList,
  queuePage,
  type RaiseFlagRequest,
  raiseFlagResult,
} from "../../contracts/triage.ts";
import type { QueueSort } from "../../domain/vocabulary.ts";
import { request } from "./request.ts";

/** The HTTP API as the pages use it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };

export const fetchMe = (asked: Asked = {}): Promise<z.output<typeof meDto>> =>
  request("/api/me", { answer: meDto, ...asked });

export const fetchQueues = (asked: Asked = {}) => request("/api/queues", { answer: queueList, ...asked });

export function fetchQueuePage(queueId: string, sort: QueueSort, cursor: string | null, asked: Asked = {}) {
  const query = new URLSearchParams({ sort, limit: "50" });
  if (cursor) query.set("cursor", cursor);
  return request(`/api/queues/${queueId}/cases?${query}`, { answer: queuePage, ...asked });
}

export const fetchCase = (caseId: string, asked: Asked = {}) =>
  request(`/api/cases/${caseId}`, { answer: caseDetail, ...asked });

export const claimNext = (queueId: string) =>
  request(`/api/queues/${queueId}/claim-next`, { method: "POST", answer: claimNextResult });

export const claimCase = (caseId: string) =>
  request(`/api/cases/${caseId}/claim`, { method: "POST", answer: claimResult });

export const releaseCase = (caseId: string) => request(`/api/cases/${caseId}/claim`, { method: "DELETE" });

export const beat = (caseId: string) =>
  request(`/api/cases/${caseId}/heartbeat`, { method: "POST", answer: claimResult, background: true });

export const openView = (caseId: string, body: OpenViewRequest) =>
  request(`/api/cases/${caseId}/views`, { method: "POST", body, answer: openViewResult });

/** The only answer that carries content. Its result goes into component state and nowhere else. */
export const readView = (viewId: string, signal: AbortSignal) =>
  request(`/api/views/${viewId}/read`, { method: "POST", answer: viewContent, signal });

/** Whether a view could still be read. */
export const checkView = (viewId: string) =>
  request(`/api/views/${viewId}`, { answer: viewStanding, background: true });

export const closeView = (viewId: string, background: boolean) =>
  request(`/api/views/${viewId}/close`, { method: "POST", background });

/** Closes a view while the page is going away: queued by the browser, no answer comes back. */
export function closeViewOnLeave(viewId: string): void {
  navigator.sendBeacon(`/api/views/${viewId}/close`, new Blob(["{}"], { type: "application/json" }));
}

export const decideCase = (caseId: string, body: DecideRequest) =>
  request(`/api/cases/${caseId}/decisions`, { method: "POST", body, answer: decideResult });

export const undoDecision = (decisionId: string) =>
  request(`/api/decisions/${decisionId}/undo`, { method: "POST" });

export const raiseFlag = (caseId: string, body: RaiseFlagRequest) =>
  request(`/api/cases/${caseId}/flags`, { method: "POST", body, answer: raiseFlagResult });
