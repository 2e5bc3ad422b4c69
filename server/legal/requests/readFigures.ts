import type { RequestFigures, RequestFiguresQuery } from "../../../contracts/legal/requests.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

const DAY_MS = 86_400_000;

/**
 * Figures for reports on transparency, of requests received in a span of days in UTC, both ends included; the last twelve
 * months when none is given.
 *
 * @throws Refusal `wrong-role`, `bad-range`, recorded
 */
export async function readFigures(
  actor: Actor,
  { from, until }: RequestFiguresQuery,
): Promise<RequestFigures> {
  const last = until ? Date.parse(until) : Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const first = from ? Date.parse(from) : new Date(last).setUTCFullYear(new Date(last).getUTCFullYear() - 1);
  const { ok: _, ...figures } = await call<RequestFigures & { ok: true }>(
    actor,
    "legal.figures",
    new Date(first).toISOString(),
    new Date(last + DAY_MS).toISOString(),
  );
  return figures;
}
