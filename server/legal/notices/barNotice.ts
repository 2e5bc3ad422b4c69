import type { BarNoticeRequest, NoticeMoved } from "../../../contracts/legal/notices.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Decides that a notice is not sent, and says why.
 *
 * @throws Refusal `notice-gone`, `reason-without-substance`, recorded
 */
export async function barNotice(
  actor: Actor,
  noticeId: string,
  { reason }: BarNoticeRequest,
): Promise<NoticeMoved> {
  const { state } = await call<NoticeMoved>(actor, "legal.bar_notice", noticeId, reason);
  return { state };
}
