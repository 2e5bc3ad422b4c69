import {
  type AccessRequest,
  accessRequestResult,
  grantList,
  grantThreads,
  requestChange,
  requestPage,
} from "../../contracts/access.ts";
import {
  type DraftPolicyRequest,
  draftPolicyResult,
  type EditPolicyRequest,
  policyDetail,
  policyList,
  type SimulateRequest,
  simulateResult,
} from "../../contracts/accessPolicy.ts";
import {
  ownAccounts,
  ownSessions,
  type RecordAccountRequest,
  staffAccounts,
} from "../../contracts/account.ts";
import {
  type BreakGlassRequest,
  breakGlassPage,
  breakGlassResult,
  noticePage,
  type ReviewRequest,
} from "../../contracts/breakGlass.ts";
import { openViewResult } from "../../contracts/disclosure.ts";
import { type AddWatchRequest, addedResult, watchList } from "../../contracts/watchList.ts";
import { request } from "../api/request.ts";

/** The HTTP API of access governance as the pages use it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };
const post = "POST" as const;

export const askAccess = (caseId: string, body: AccessRequest) =>
  request(`/api/cases/${caseId}/requests`, { method: post, body, answer: accessRequestResult });

export const breakTheGlass = (caseId: string, body: BreakGlassRequest) =>
  request(`/api/cases/${caseId}/break-glass`, { method: post, body, answer: breakGlassResult });

export const openUnderGrant = (grantId: string, threadId: string | null) =>
  request(`/api/grants/${grantId}/views`, { method: post, body: { threadId }, answer: openViewResult });

export const fetchGrantThreads = (grantId: string, asked: Asked = {}) =>
  request(`/api/grants/${grantId}/threads`, { answer: grantThreads, ...asked });

export const fetchGrants = (box: "mine" | "live", asked: Asked = {}) =>
  request(`/api/grants?box=${box}`, { answer: grantList, ...asked });

export const revokeGrant = (grantId: string, reason: string | null) =>
  request(`/api/grants/${grantId}/revoke`, { method: post, body: { reason } });

export type Box = { box: "inbox" | "mine" } | { box: "case"; caseId: string };

export function fetchRequests(box: Box, cursor: string | null, asked: Asked = {}) {
  const query = new URLSearchParams({ ...box, limit: box.box === "case" ? "20" : "50" });
  if (cursor) query.set("cursor", cursor);
  return request(`/api/requests?${query}`, { answer: requestPage, ...asked });
}

const change = (requestId: string, act: string, body?: unknown) =>
  request(`/api/requests/${requestId}/${act}`, { method: post, body, answer: requestChange });
export const approve = (requestId: string, note: string | null) => change(requestId, "approve", { note });
export const deny = (requestId: string, note: string) => change(requestId, "deny", { note });
export const askBack = (requestId: string, question: string) => change(requestId, "ask", { question });
export const answerQuestion = (requestId: string, questionId: string, answer: string) =>
  change(requestId, "answer", { questionId, answer });
export const withdraw = (requestId: string) => change(requestId, "withdraw");
export const openRequested = (requestId: string) =>
  request(`/api/requests/${requestId}/open`, { method: post, answer: openViewResult });

export function fetchGlass(open: boolean, cursor: string | null, asked: Asked = {}) {
  const query = new URLSearchParams({ open: String(open), limit: "50" });
  if (cursor) query.set("cursor", cursor);
  return request(`/api/break-glass?${query}`, { answer: breakGlassPage, ...asked });
}
export const reviewGlass = (entryId: string, body: ReviewRequest) =>
  request(`/api/break-glass/${entryId}/review`, { method: post, body });

export const fetchNotices = (asked: Asked = {}) =>
  request("/api/notices?open=true&limit=20", { answer: noticePage, ...asked });
export const acknowledge = (noticeId: string) =>
  request(`/api/notices/${noticeId}/acknowledge`, { method: post });

export const fetchPolicies = (asked: Asked = {}) =>
  request("/api/access-policy", { answer: policyList, ...asked });
export const fetchPolicy = (versionId: string, asked: Asked = {}) =>
  request(`/api/access-policy/${versionId}`, { answer: policyDetail, ...asked });
export const draftPolicy = (body: DraftPolicyRequest) =>
  request("/api/access-policy", { method: post, body, answer: draftPolicyResult });
export const savePolicy = (versionId: string, body: EditPolicyRequest) =>
  request(`/api/access-policy/${versionId}`, { method: "PUT", body });
export type PolicyStep = "propose" | "confirm" | "reject" | "withdraw";
export const movePolicy = (versionId: string, step: PolicyStep, reason: string) =>
  request(`/api/access-policy/${versionId}/${step}`, { method: post, body: { reason } });
export const simulate = (body: SimulateRequest) =>
  request("/api/access-policy/simulate", { method: post, body, answer: simulateResult });

export const fetchWatchList = (asked: Asked = {}) =>
  request("/api/watch-list", { answer: watchList, ...asked });
export const addWatch = (body: AddWatchRequest) =>
  request("/api/watch-list", { method: post, body, answer: addedResult });
export const endWatch = (entryId: string) => request(`/api/watch-list/${entryId}`, { method: "DELETE" });

export const fetchOwnAccounts = (asked: Asked = {}) =>
  request("/api/me/accounts", { answer: ownAccounts, ...asked });
export const recordAccount = (body: RecordAccountRequest) =>
  request("/api/me/accounts", { method: post, body, answer: addedResult });
export const leaveAccount = (accountId: string) =>
  request(`/api/me/accounts/${accountId}`, { method: "DELETE" });
export const fetchStaffAccounts = (asked: Asked = {}) =>
  request("/api/accounts", { answer: staffAccounts, ...asked });
export const fetchOwnSessions = (asked: Asked = {}) =>
  request("/api/me/sessions", { answer: ownSessions, ...asked });
export const endOwnSession = (sessionId: string) =>
  request(`/api/me/sessions/${sessionId}`, { method: "DELETE" });
