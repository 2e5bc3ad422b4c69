import type { DecideRequest } from "../../contracts/triage.ts";
import { ACTIONS, type Action, type Outcome } from "../../domain/vocabulary.ts";

/** A decision being made. */
export type Draft = { outcome: Outcome | null; policyId: string | null; action: Action | null; note: string };
export const EMPTY_DRAFT: Draft = { outcome: null, policyId: null, action: null, note: "" };

/** What the platform can be told to do about a violation. */
export const VIOLATION_ACTIONS: readonly Action[] = ACTIONS.filter((action) => action !== "escalate");

/** Chooses the outcome. Only a violation leaves a choice of policy and action. */
export function withOutcome(draft: Draft, outcome: Outcome): Draft {
  if (outcome === draft.outcome) return draft;
  const action = outcome === "violation" ? null : outcome === "escalate" ? "escalate" : "none";
  return { ...draft, outcome, policyId: null, action };
}

/** The request for the server, or what is still missing. */
export function finish(
  draft: Draft,
): { request: DecideRequest } | { missing: "outcome" | "policy" | "action" } {
  const { outcome, policyId, action, note } = draft;
  if (outcome === null) return { missing: "outcome" };
  if (outcome === "violation" && policyId === null) return { missing: "policy" };
  if (action === null) return { missing: "action" };
  return { request: { outcome, policyId, action, note: note.trim() === "" ? null : note } };
}
