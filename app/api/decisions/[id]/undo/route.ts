import { noContent, route } from "../../../../../server/http/route.ts";
import { undoDecision } from "../../../../../server/triage/undoDecision.ts";

export const POST = route(
  { action: "case.decision_undone", route: "/api/decisions/[id]/undo", names: "decisionId" },
  async ({ actor, id }) => {
    await undoDecision(actor, id);
    return noContent();
  },
);
