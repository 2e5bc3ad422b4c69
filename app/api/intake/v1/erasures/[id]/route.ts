import { readErasureReceipt } from "../../../../../../server/intake/erasures.ts";

export const dynamic = "force-dynamic";

/** How far an erasure has come, by the platform's own id of it. See /api/docs. */
export function GET(request: Request): Promise<Response> {
  return readErasureReceipt(request);
}
