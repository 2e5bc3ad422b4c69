import { receiveErasure } from "../../../../../server/intake/erasures.ts";

export const dynamic = "force-dynamic";

/** Platforms ask for erasures here. See /api/docs. */
export function POST(request: Request): Promise<Response> {
  return receiveErasure(request);
}
