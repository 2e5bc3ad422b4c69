import {
  type CollectRequest,
  collectedThreads,
  collectionDetail,
  collectionList,
  collectionMoved,
  collectionViewOpened,
  decided,
  decisionPage,
  type NameParticipantRequest,
  type OpenCollectionViewRequest,
  type RedactRequest,
  type RuleRequest,
  reviewContent,
  ruleAnswer,
  type SetAsideRequest,
  type TakeBackRequest,
} from "../../../contracts/legal/collections.ts";
import { request } from "../../api/request.ts";

/** The HTTP API of collections as the pages use it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };
const post = "POST" as const;
const at = (collectionId: string, what = ""): string => `/api/collections/${collectionId}${what}`;

export const fetchCollections = (requestId: string, asked: Asked = {}) =>
  request(`/api/lawful-requests/${requestId}/collections`, { answer: collectionList, ...asked });
export const collect = (requestId: string, body: CollectRequest) =>
  request(`/api/lawful-requests/${requestId}/collections`, { method: post, body, answer: collectionDetail });
export const fetchCollection = (collectionId: string, asked: Asked = {}) =>
  request(at(collectionId), { answer: collectionDetail, ...asked });

function paged(path: string, limit: number, cursor: string | null): string {
  const query = new URLSearchParams({ limit: String(limit) });
  if (cursor) query.set("cursor", cursor);
  return `${path}?${query}`;
}
export const fetchThreads = (collectionId: string, cursor: string | null, asked: Asked = {}) =>
  request(paged(at(collectionId, "/threads"), 100, cursor), { answer: collectedThreads, ...asked });
export const fetchDecisions = (collectionId: string, cursor: string | null, asked: Asked = {}) =>
  request(paged(at(collectionId, "/decisions"), 100, cursor), { answer: decisionPage, ...asked });

export const openCollectionView = (collectionId: string, body: OpenCollectionViewRequest) =>
  request(at(collectionId, "/views"), { method: post, body, answer: collectionViewOpened });
/** Content: its result goes into the state of one component and nowhere else. */
export const readCollectionView = (viewId: string, signal: AbortSignal) =>
  request(`/api/collection-views/${viewId}/read`, { method: post, answer: reviewContent, signal });

const decide = (collectionId: string, what: string, body: unknown) =>
  request(at(collectionId, `/${what}`), { method: post, body, answer: decided });
export const setAside = (collectionId: string, body: SetAsideRequest) =>
  decide(collectionId, "set-aside", body);
export const redact = (collectionId: string, body: RedactRequest) => decide(collectionId, "redact", body);
export const nameParticipant = (collectionId: string, body: NameParticipantRequest) =>
  decide(collectionId, "name-participant", body);
export const takeBack = (collectionId: string, body: TakeBackRequest) =>
  decide(collectionId, "take-back", body);
export const addRule = (collectionId: string, body: RuleRequest) =>
  request(at(collectionId, "/rules"), { method: post, body, answer: ruleAnswer });

export const handInCollection = (collectionId: string, decisions: number) =>
  request(at(collectionId, "/hand-in"), { method: post, body: { decisions }, answer: collectionMoved });
export const reopenCollection = (collectionId: string, reason: string) =>
  request(at(collectionId, "/reopen"), { method: post, body: { reason }, answer: collectionMoved });

/** Keys of the query cache, which holds metadata only. */
export const collectionKeys = {
  all: ["collections"] as const,
  list: (requestId: string) => ["collections", "list", requestId] as const,
  one: (collectionId: string) => ["collections", "one", collectionId] as const,
  threads: (collectionId: string) => ["collections", "threads", collectionId] as const,
  decisions: (collectionId: string) => ["collections", "decisions", collectionId] as const,
};
