import type { NoticeMoved, SendNoticeRequest } from "../../../contracts/legal/notices.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Lets a notice go to the platform, which delivers it. What counts as sent is what the platform then says that it delivered.
 *
 * @throws Refusal `notice-gone`, `notice-barred`, `notice-too-early`, `notice-moved`, recorded
 */
export async function sendNotice(
  actor: Actor,
  noticeId: string,
  { textSha256 }: SendNoticeRequest,
): Promise<NoticeMoved> {
  const { state } = await call<NoticeMoved>(actor, "legal.send_notice", noticeId, textSha256);
  return { state };
}
