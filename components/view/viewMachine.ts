import type { ViewContent } from "../../contracts/disclosure.ts";
import type { Scope } from "../../domain/vocabulary.ts";

/** Why a thread that was open is sealed again. */
export type Resealed = "closed" | "expired" | "left" | "hidden" | "claim-lost" | "decided" | "revoked";

/** The state of the envelope. Content exists in `open` alone, and a change to any other state drops it. */
export type ViewState =
  | { phase: "sealed"; why: Resealed | null; error: unknown }
  | { phase: "opening"; scope: Scope }
  | {
      phase: "open";
      viewId: string;
      scope: Scope;
      expiresAt: number;
      truncated: boolean;
      content: ViewContent;
    };

export type ViewEvent =
  | { type: "asked"; scope: Scope }
  | { type: "opened"; viewId: string; expiresAt: number; truncated: boolean; content: ViewContent }
  | { type: "refused"; error: unknown }
  | { type: "resealed"; why: Resealed };

export const SEALED: ViewState = { phase: "sealed", why: null, error: null };

/**
 * The one place that says when content is there. An answer that comes after the envelope was sealed again is dropped.
 */
export function nextViewState(state: ViewState, event: ViewEvent): ViewState {
  switch (event.type) {
    case "asked":
      return { phase: "opening", scope: event.scope };
    case "opened": {
      if (state.phase !== "opening") return state;
      const { viewId, expiresAt, truncated, content } = event;
      return { phase: "open", scope: state.scope, viewId, expiresAt, truncated, content };
    }
    case "refused":
      return state.phase === "opening" ? { phase: "sealed", why: null, error: event.error } : state;
    case "resealed":
      return state.phase === "sealed" ? state : { phase: "sealed", why: event.why, error: null };
  }
}
