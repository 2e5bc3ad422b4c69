import type { Figures, FiguresQuery } from "../../contracts/cybertip.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

const DAY_MS = 86_400_000;

/**
 * Figures about reports for a span of days in UTC, both ends included; the last twelve months when none is given.
 *
 * @throws Refusal `wrong-role`, `bad-time`, recorded
 */
export async function readFigures(actor: Actor, { from, until }: FiguresQuery): Promise<Figures> {
  const end = until && new Date(Date.parse(until) + DAY_MS).toISOString();
  const { ok: _, ...figures } = await call<Figures & { ok: true }>(
    actor,
    "cybertip.figures",
    from ?? null,
    end ?? null,
  );
  return figures;
}
