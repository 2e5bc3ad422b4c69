import {
  type EscalateSignalRequest,
  type ResolveSignalRequest,
  type SignalsState,
  signalDetail,
  signalsPage,
} from "../../contracts/signals.ts";
import { request } from "../api/request.ts";

/** The HTTP API of signals as the page uses it: one function an endpoint. */
type Asked = { background?: boolean; signal?: AbortSignal };

export function fetchSignals(state: SignalsState, cursor: string | null, asked: Asked = {}) {
  const query = new URLSearchParams({ state });
  if (cursor) query.set("cursor", cursor);
  return request(`/api/signals?${query}`, { answer: signalsPage, ...asked });
}

export const fetchSignal = (signalId: string, asked: Asked = {}) =>
  request(`/api/signals/${signalId}`, { answer: signalDetail, ...asked });

export const ownSignal = (signalId: string) => request(`/api/signals/${signalId}/own`, { method: "POST" });

export const resolveSignal = (signalId: string, body: ResolveSignalRequest) =>
  request(`/api/signals/${signalId}/resolve`, { method: "POST", body });

export const escalateSignal = (signalId: string, body: EscalateSignalRequest) =>
  request(`/api/signals/${signalId}/escalate`, { method: "POST", body });

/** Keys of the query cache, which holds metadata only. */
export const signalKeys = {
  all: ["signals"] as const,
  list: (state: SignalsState) => ["signals", "list", state] as const,
  one: (signalId: string) => ["signals", "one", signalId] as const,
};
