import type { NoticePolicyRequest, NoticePolicySet } from "../../../contracts/legal/notices.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

/**
 * Says who is told when, and under which order nobody is. An order that is in force ends early only when two counsel have said
 * so (`reviewGag`).
 *
 * @throws Refusal `already-past`, `gag-needs-two`, `notice-not-ours`, `notice-never-here`, `reason-without-substance`, recorded
 */
export async function setNoticePolicy(
  actor: Actor,
  requestId: string,
  policy: NoticePolicyRequest,
): Promise<NoticePolicySet> {
  const { state, scopeVersion } = await call<NoticePolicySet>(
    actor,
    "legal.set_notice_policy",
    requestId,
    policy,
  );
  return { state, scopeVersion };
}
