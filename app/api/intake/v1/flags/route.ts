import { receiveFlags } from "../../../../../server/intake/receiveFlags.ts";

export const dynamic = "force-dynamic";

/** Platforms send flags here: one as JSON, or a stream of them as NDJSON. See /api/docs. */
export function POST(request: Request): Promise<Response> {
  return receiveFlags(request);
}
