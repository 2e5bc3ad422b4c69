import { ownAccounts } from "../../contracts/account.ts";
import {
  type AgenciesQuery,
  agencyList,
  type ChangeAgencyRequest,
  type ConfirmNumberRequest,
  type EnterAgencyRequest,
  type EnterNumberRequest,
  enteredAgency,
  enteredNumber,
  type RetireNumberRequest,
} from "../../contracts/legal/agencies.ts";
import {
  type ApproveRequest,
  type ChangeAccountsRequest,
  type ChangeRequest,
  deadlines,
  type ExceedAnswer,
  type ExceedRequest,
  exceptionAsked,
  type RegisterRequest,
  type RejectRequest,
  type RequestsQuery,
  registered,
  requestDetail,
  requestFigures,
  requestMoved,
  requestScope,
  requestsPage,
} from "../../contracts/legal/requests.ts";
import { type CheckRequest, checkRecorded, verification } from "../../contracts/legal/verification.ts";
import { request } from "../api/request.ts";

/** The HTTP API of lawful requests as the pages use it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };
const post = "POST" as const;
const queryOf = (values: object): URLSearchParams => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  return query;
};

/** What of the register is asked for. */
export type RegisterFilter = Omit<RequestsQuery, "cursor" | "limit">;

export const fetchRequests = (filter: RegisterFilter, cursor: string | null, asked: Asked = {}) =>
  request(`/api/lawful-requests?${queryOf({ ...filter, cursor, limit: 50 })}`, {
    answer: requestsPage,
    ...asked,
  });
export const fetchDeadlines = (asked: Asked = {}) =>
  request("/api/lawful-requests/deadlines", { answer: deadlines, ...asked });

/** A span of days; left out it is the server's. */
export type Span = { from?: string; until?: string };
export const figuresAddress = (span: Span, format: "json" | "csv"): string =>
  `/api/lawful-requests/figures?${queryOf({ ...span, format })}`;
export const fetchFigures = (span: Span, asked: Asked = {}) =>
  request(figuresAddress(span, "json"), { answer: requestFigures, ...asked });

/** The platforms whose accounts a request can name. */
export const fetchPlatforms = async (asked: Asked = {}) =>
  (await request("/api/me/accounts", { answer: ownAccounts, ...asked })).platforms;

export const registerRequest = (body: RegisterRequest) =>
  request("/api/lawful-requests", { method: post, body, answer: registered });

const at = (requestId: string): string => `/api/lawful-requests/${requestId}`;
export const fetchRequest = (requestId: string, asked: Asked = {}) =>
  request(at(requestId), { answer: requestDetail, ...asked });
export const fetchScope = (requestId: string, asked: Asked = {}) =>
  request(`${at(requestId)}/scope`, { answer: requestScope, ...asked });
export const fetchVerification = (requestId: string, asked: Asked = {}) =>
  request(`${at(requestId)}/verifications`, { answer: verification, ...asked });

const move = (requestId: string, act: string, body?: unknown) =>
  request(`${at(requestId)}/${act}`, { method: post, body, answer: requestMoved });
const noted = (note: string) => (note.trim() ? { note: note.trim() } : {});
export const changeFacts = (requestId: string, body: ChangeRequest) =>
  request(at(requestId), { method: "PATCH", body, answer: requestMoved });
export const changeAccounts = (requestId: string, body: ChangeAccountsRequest) =>
  move(requestId, "accounts", body);
export const acknowledge = (requestId: string, note: string) => move(requestId, "acknowledge", noted(note));
export const takeIntoReview = (requestId: string) => move(requestId, "review", {});
export const needInfo = (requestId: string, question: string) => move(requestId, "need-info", { question });
export const rejectIt = (requestId: string, body: RejectRequest) => move(requestId, "reject", body);
export const withdrawIt = (requestId: string, reason: string) => move(requestId, "withdraw", { reason });
export const approveIt = (requestId: string, body: ApproveRequest) => move(requestId, "approve", body);
export const recordNoRecords = (requestId: string, note: string) =>
  move(requestId, "no-records", noted(note));
export const closeIt = (requestId: string, note: string) => move(requestId, "close", noted(note));
export const askException = (requestId: string, body: ExceedRequest) =>
  request(`${at(requestId)}/exceed`, { method: post, body, answer: exceptionAsked });
export const answerException = (requestId: string, body: ExceedAnswer) =>
  move(requestId, "exceed/answer", body);
export const recordCheck = (requestId: string, body: CheckRequest) =>
  request(`${at(requestId)}/verifications`, { method: post, body, answer: checkRecorded });

export type AgencyFilter = AgenciesQuery;
export const fetchAgencies = (filter: AgencyFilter, asked: Asked = {}) =>
  request(`/api/agencies?${queryOf(filter)}`, { answer: agencyList, ...asked });
export const enterAgency = (body: EnterAgencyRequest) =>
  request("/api/agencies", { method: post, body, answer: enteredAgency });
export const changeAgency = (agencyId: string, body: ChangeAgencyRequest) =>
  request(`/api/agencies/${agencyId}`, { method: "PATCH", body });
export const enterNumber = (agencyId: string, body: EnterNumberRequest) =>
  request(`/api/agencies/${agencyId}/numbers`, { method: post, body, answer: enteredNumber });
export const confirmNumber = (numberId: string, body: ConfirmNumberRequest) =>
  request(`/api/agencies/numbers/${numberId}/confirm`, { method: post, body });
export const retireNumber = (numberId: string, body: RetireNumberRequest) =>
  request(`/api/agencies/numbers/${numberId}/retire`, { method: post, body });

/** Keys of the query cache, which holds metadata only. */
export const legalKeys = {
  all: ["legal"] as const,
  list: (filter: RegisterFilter) => ["legal", "list", filter] as const,
  deadlines: ["legal", "deadlines"] as const,
  figures: (span: Span) => ["legal", "figures", span] as const,
  one: (requestId: string) => ["legal", "one", requestId] as const,
  scope: (requestId: string) => ["legal", "scope", requestId] as const,
  verification: (requestId: string) => ["legal", "verification", requestId] as const,
  agencies: (filter: AgencyFilter) => ["legal", "agencies", filter] as const,
  platforms: ["platforms"] as const,
};
