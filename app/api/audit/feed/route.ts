import { answerFeed } from "../../../../server/siem/answerFeed.ts";

export const dynamic = "force-dynamic";

/** Machines read events here, by a key of their own (`unseal siem-keys`). See docs/siem.md. */
export function GET(request: Request): Promise<Response> {
  return answerFeed(request);
}
