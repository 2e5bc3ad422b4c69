import { type ErasuresQuery, erasureDetail, erasuresPage } from "../../../contracts/legal/erasures.ts";
import {
  type HoldsQuery,
  holdDetail,
  holdMade,
  holdMoved,
  holdsPage,
  type MakeHoldRequest,
  type RenewHoldRequest,
  requestHolds,
} from "../../../contracts/legal/holds.ts";
import {
  noticeMoved,
  noticesPlanned,
  type ReviewGagRequest,
  requestNotices,
} from "../../../contracts/legal/notices.ts";
import { request } from "../../api/request.ts";

/** The HTTP API of holds, erasures and notices as the pages use it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };
const post = "POST" as const;
const queryOf = (values: object): URLSearchParams => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== undefined) query.set(name, String(value));
  return query;
};

export type HoldFilter = Pick<HoldsQuery, "state" | "due">;
export const fetchHolds = (filter: HoldFilter, cursor: string | null, asked: Asked = {}) =>
  request(`/api/holds?${queryOf({ ...filter, cursor, limit: 50 })}`, { answer: holdsPage, ...asked });
export const fetchHold = (holdId: string, asked: Asked = {}) =>
  request(`/api/holds/${holdId}`, { answer: holdDetail, ...asked });
export const fetchRequestHolds = (requestId: string, asked: Asked = {}) =>
  request(`/api/lawful-requests/${requestId}/holds`, { answer: requestHolds, ...asked });
export const makeHold = (requestId: string, body: MakeHoldRequest) =>
  request(`/api/lawful-requests/${requestId}/holds`, { method: post, body, answer: holdMade });

const move = (holdId: string, act: string, body?: unknown) =>
  request(`/api/holds/${holdId}/${act}`, { method: post, body, answer: holdMoved });
export const renewHold = (holdId: string, body: RenewHoldRequest) => move(holdId, "renew", body);
export const releaseHold = (holdId: string, reason: string) => move(holdId, "release", { reason });
export const callOffRelease = (holdId: string) => move(holdId, "release/call-off");
export const checkHold = (holdId: string) => move(holdId, "check");
export const reviewHold = (holdId: string, reason: string) => move(holdId, "review", { reason });
export const confirmProduction = (holdId: string, body: { requestId: string; reference: string }) =>
  move(holdId, "confirm-production", body);

export type ErasureFilter = Pick<ErasuresQuery, "state">;
export const fetchErasures = (filter: ErasureFilter, cursor: string | null, asked: Asked = {}) =>
  request(`/api/erasures?${queryOf({ ...filter, cursor, limit: 50 })}`, {
    answer: erasuresPage,
    ...asked,
  });
export const fetchErasure = (erasureId: string, asked: Asked = {}) =>
  request(`/api/erasures/${erasureId}`, { answer: erasureDetail, ...asked });

export const fetchNotices = (requestId: string, asked: Asked = {}) =>
  request(`/api/lawful-requests/${requestId}/notices`, { answer: requestNotices, ...asked });
export const planNotices = (requestId: string, template: string) =>
  request(`/api/lawful-requests/${requestId}/notices`, {
    method: post,
    body: { template },
    answer: noticesPlanned,
  });
export const reviewGag = (requestId: string, body: ReviewGagRequest) =>
  request(`/api/lawful-requests/${requestId}/gag-review`, { method: post, body });
export const sendNotice = (noticeId: string, textSha256: string) =>
  request(`/api/user-notices/${noticeId}/send`, { method: post, body: { textSha256 }, answer: noticeMoved });
export const barNotice = (noticeId: string, reason: string) =>
  request(`/api/user-notices/${noticeId}/bar`, { method: post, body: { reason }, answer: noticeMoved });

/** Keys of the query cache, which holds metadata only. */
export const holdKeys = {
  list: (filter: HoldFilter) => ["legal", "holds", filter] as const,
  one: (holdId: string) => ["legal", "hold", holdId] as const,
  of: (requestId: string) => ["legal", "holds-of", requestId] as const,
  erasures: (filter: ErasureFilter) => ["legal", "erasures", filter] as const,
  erasure: (erasureId: string) => ["legal", "erasure", erasureId] as const,
  notices: (requestId: string) => ["legal", "notices", requestId] as const,
};
