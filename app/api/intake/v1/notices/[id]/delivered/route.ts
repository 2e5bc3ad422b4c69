import { acknowledgeNotice } from "../../../../../../../server/intake/notices.ts";

export const dynamic = "force-dynamic";

/** Platforms say here that they delivered a notice. See /api/docs. */
export async function POST(
  request: Request,
  context: { params: Promise<{ id: string }> },
): Promise<Response> {
  return acknowledgeNotice(request, (await context.params).id);
}
