import type { Deadlines, RequestRow } from "../../../contracts/legal/requests.ts";
import { urgencyOf } from "../../../domain/legal/clocks.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

const GROUPS = ["overdue", "today", "three_days", "this_week", "later"] as const;

/**
 * The deadlines board: what is due, soonest first, under headings of how soon.
 *
 * @throws Refusal `wrong-role`, recorded
 */
export async function readDeadlines(actor: Actor): Promise<Deadlines> {
  const { at, capped, requests } = await call<{ at: string; capped: boolean; requests: RequestRow[] }>(
    actor,
    "legal.deadlines",
  );
  const now = new Date(at);
  const due = requests.map((request) => ({
    ...request,
    msLeft: Date.parse(request.dueAt) - now.getTime(),
  }));
  return {
    at,
    capped,
    groups: GROUPS.map((group) => ({
      group,
      requests: due.filter((request) => urgencyOf(new Date(request.dueAt), now) === group),
    })),
  };
}
