import type { ViewContent } from "../../contracts/disclosure.ts";
import type { Purpose, Scope } from "../../domain/vocabulary.ts";

/** Why a thread that was open is sealed again. */
export type Resealed = "closed" | "expired" | "left" | "hidden" | "claim-lost" | "decided" | "revoked";

/** What is being opened and under what, as far as it is known before the content comes. */
export type Asked = {
  scope: Scope;
  purpose: Purpose;
  /** Not by the form for a reason, which may be folded or not there: what refuses it is told beside the form. */
  apart: boolean;
};
/** The view that the content belongs to. */
export type Opened<Content = ViewContent> = {
  viewId: string;
  grantId: string;
  expiresAt: number;
  truncated: boolean;
  /** When officers must have reviewed it; null when no glass was broken. */
  glassDueAt: string | null;
  content: Content;
};

/** The state of the envelope. Content exists in `open` alone, and a change to any other state drops it. */
export type ViewState<Content = ViewContent> =
  | { phase: "sealed"; why: Resealed | null; error: unknown; apart: boolean }
  | ({ phase: "opening" } & Asked)
  | ({ phase: "open" } & Asked & Opened<Content>);

export type ViewEvent<Content = ViewContent> =
  | ({ type: "asked" } & Asked)
  | ({ type: "opened" } & Opened<Content>)
  | { type: "refused"; error: unknown }
  | { type: "resealed"; why: Resealed };

export const SEALED: Extract<ViewState<never>, { phase: "sealed" }> = {
  phase: "sealed",
  why: null,
  error: null,
  apart: false,
};

/**
 * The one place that says when content is there. An answer that comes after the envelope was sealed again is dropped.
 */
export function nextViewState<Content = ViewContent>(
  state: ViewState<Content>,
  event: ViewEvent<Content>,
): ViewState<Content> {
  switch (event.type) {
    case "asked":
      return { phase: "opening", scope: event.scope, purpose: event.purpose, apart: event.apart };
    case "opened": {
      if (state.phase !== "opening") return state;
      const { type: _, ...opened } = event;
      return { ...state, ...opened, phase: "open" };
    }
    case "refused":
      return state.phase === "opening"
        ? { phase: "sealed", why: null, error: event.error, apart: state.apart }
        : state;
    case "resealed":
      return state.phase === "sealed" ? state : { ...SEALED, why: event.why };
  }
}
