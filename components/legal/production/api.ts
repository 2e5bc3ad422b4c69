import {
  type DeliverRequest,
  delivered,
  deliveryMoved,
  newCode,
  type RecallRequest,
} from "../../../contracts/legal/deliveries.ts";
import {
  type AskProductionRequest,
  comparison,
  productionAsked,
  productionDetail,
  productionList,
  productionMoved,
  type ReleaseRequest,
} from "../../../contracts/legal/productions.ts";
import { request } from "../../api/request.ts";

/** The HTTP API of productions and deliveries as the pages use it: one function an endpoint. Metadata alone. */
type Asked = { background?: boolean; signal?: AbortSignal };
const post = "POST" as const;

export const fetchProductions = (requestId: string, asked: Asked = {}) =>
  request(`/api/lawful-requests/${requestId}/productions`, { answer: productionList, ...asked });
export const fetchProduction = (productionId: string, asked: Asked = {}) =>
  request(`/api/productions/${productionId}`, { answer: productionDetail, ...asked });
export const fetchComparison = (productionId: string, asked: Asked = {}) =>
  request(`/api/productions/${productionId}/compare`, { answer: comparison, ...asked });

export const askProduction = (collectionId: string, body: AskProductionRequest) =>
  request(`/api/collections/${collectionId}/productions`, { method: post, body, answer: productionAsked });

const move = (productionId: string, act: string, body?: unknown) =>
  request(`/api/productions/${productionId}/${act}`, { method: post, body, answer: productionMoved });
export const releaseProduction = (productionId: string, body: ReleaseRequest) =>
  move(productionId, "release", body);
export const sendBackProduction = (productionId: string, reason: string) =>
  move(productionId, "send-back", { reason });
export const discardProduction = (productionId: string, reason: string) =>
  move(productionId, "discard", { reason });
export const tryProductionAgain = (productionId: string) => move(productionId, "try-again");

/** The answer holds a link and a code that nobody can show again: keep them in the state of one component. */
export const deliver = (productionId: string, body: DeliverRequest) =>
  request(`/api/productions/${productionId}/deliveries`, { method: post, body, answer: delivered });
export const recallDelivery = (deliveryId: string, body: RecallRequest) =>
  request(`/api/deliveries/${deliveryId}/recall`, { method: post, body, answer: deliveryMoved });
export const renewCode = (deliveryId: string) =>
  request(`/api/deliveries/${deliveryId}/new-code`, { method: post, answer: newCode });

/** Keys of the query cache, which holds metadata only. */
export const productionKeys = {
  all: ["productions"] as const,
  list: (requestId: string) => ["productions", "list", requestId] as const,
  one: (productionId: string) => ["productions", "one", productionId] as const,
  comparison: (productionId: string, hash: string | null) =>
    ["productions", "comparison", productionId, hash] as const,
};
