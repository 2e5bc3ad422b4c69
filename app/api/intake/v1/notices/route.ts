import { takeNotices } from "../../../../../server/intake/notices.ts";

export const dynamic = "force-dynamic";

/** Platforms fetch the notices that they deliver to accounts here. See /api/docs. */
export function GET(request: Request): Promise<Response> {
  return takeNotices(request);
}
