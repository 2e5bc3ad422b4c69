import { z } from "zod";
import { attachmentOpened } from "../../contracts/attachments.ts";
import {
  type ApproveRequest,
  cyberTipDraft,
  type DestructionRequest,
  draftContent,
  type FiledByHandRequest,
  figures,
  filingAnswer,
  type HoldRequest,
  priorReports,
  type ReadAnswerRequest,
  type RegisterQuery,
  registerPage,
  reportDetail,
  reportMoved,
  type SaveDraftRequest,
  type StartReportRequest,
  saveDraftResult,
  startReportResult,
} from "../../contracts/cybertip.ts";
import { request } from "../api/request.ts";

/** The HTTP API of CyberTip reports as the pages use it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };
const post = "POST" as const;

/** What of the register is asked for; the page's own words for the API's filters. */
export type RegisterFilter = Pick<RegisterQuery, "state" | "mine" | "overdue" | "case">;

export function fetchRegister(filter: RegisterFilter, cursor: string | null, asked: Asked = {}) {
  const query = new URLSearchParams({ limit: "50" });
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  if (cursor) query.set("cursor", cursor);
  return request(`/api/cybertips?${query}`, { answer: registerPage, ...asked });
}

/** A span of days; left out it is the server's. */
export type Span = { from?: string; until?: string };
export const figuresAddress = (span: Span, format: "json" | "csv"): string =>
  `/api/cybertips/figures?${new URLSearchParams({ ...span, format })}`;
export const fetchFigures = (span: Span, asked: Asked = {}) =>
  request(figuresAddress(span, "json"), { answer: figures, ...asked });

export const fetchReport = (reportId: string, asked: Asked = {}) =>
  request(`/api/cybertips/${reportId}`, { answer: reportDetail, ...asked });
export const fetchPriorReports = (caseId: string, asked: Asked = {}) =>
  request(`/api/cases/${caseId}/prior-reports`, { answer: priorReports, ...asked });

export const startReport = (caseId: string, body: StartReportRequest) =>
  request(`/api/cases/${caseId}/cybertips`, { method: post, body, answer: startReportResult });

/** Content: its result goes into the state of one component and nowhere else. */
export const readDraft = (reportId: string, viewId: string, signal: AbortSignal) =>
  request(`/api/cybertips/${reportId}/draft/read`, {
    method: post,
    body: { viewId },
    answer: draftContent,
    signal,
  });
/** Content, like the draft. */
export const proposeDraft = (reportId: string, viewId: string, signal?: AbortSignal) =>
  request(`/api/cybertips/${reportId}/prefill`, {
    method: post,
    body: { viewId },
    answer: z.object({ draft: cyberTipDraft }),
    signal,
  });
export const saveDraft = (reportId: string, body: SaveDraftRequest, leaving: boolean) =>
  request(`/api/cybertips/${reportId}/draft`, {
    method: "PUT",
    body,
    answer: saveDraftResult,
    // Browsers refuse more than 64 KiB of it; what is larger is sent as long as the page lasts.
    keepalive: leaving && JSON.stringify(body).length < 20_000,
  });

const move = (reportId: string, act: string, body?: unknown) =>
  request(`/api/cybertips/${reportId}/${act}`, { method: post, body, answer: reportMoved });
export const handIn = (reportId: string, revision: number) => move(reportId, "hand-in", { revision });
export const approveReport = (reportId: string, body: ApproveRequest) => move(reportId, "approve", body);
export const sendBack = (reportId: string, note: string) => move(reportId, "send-back", { note });
export const withdrawReport = (reportId: string, reason: string) => move(reportId, "withdraw", { reason });
export const recordByHand = (reportId: string, body: FiledByHandRequest) =>
  move(reportId, "filed-by-hand", body);

const act = (reportId: string, what: string, body?: unknown) =>
  request(`/api/cybertips/${reportId}/${what}`, { method: post, body });
export const fileReport = (reportId: string, notFiledByHand: boolean) =>
  act(reportId, "file", { notFiledByHand });
export const tryAgain = (reportId: string, notFiledByHand: boolean) =>
  act(reportId, "try-again", { notFiledByHand });
export const stopFiling = (reportId: string) => act(reportId, "stop");
export const holdLonger = (reportId: string, body: HoldRequest) => act(reportId, "hold", body);
export const askDestruction = (reportId: string, body: DestructionRequest) =>
  act(reportId, "destruction", body);
export const callOffDestruction = (reportId: string) => act(reportId, "destruction/call-off");
export const confirmDestruction = (reportId: string) => act(reportId, "destruction/confirm");

export const openAttachment = (
  viewId: string,
  attachment: { messageId: string; revision: number; ordinal: number },
) =>
  request(`/api/views/${viewId}/attachments/open`, {
    method: post,
    body: attachment,
    answer: attachmentOpened,
  });
/** It goes on record that the whole file was shown as it is. */
export const recordShown = (readingId: string) =>
  request(`/api/attachment-readings/${readingId}/shown`, { method: post });

/** What the service said to a call that it refused. Content, like the draft. */
export const readAnswer = (reportId: string, body: ReadAnswerRequest) =>
  request(`/api/cybertips/${reportId}/answer/read`, { method: post, body, answer: filingAnswer });

/** Keys of the query cache, which holds metadata only. */
export const reportKeys = {
  all: ["cybertips"] as const,
  list: (filter: RegisterFilter) => ["cybertips", "list", filter] as const,
  one: (reportId: string) => ["cybertips", "one", reportId] as const,
  service: ["cybertips", "service"] as const,
  figures: (span: Span) => ["cybertips", "figures", span] as const,
  prior: (caseId: string) => ["cybertips", "prior", caseId] as const,
};
