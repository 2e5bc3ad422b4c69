import type { NoticesPlanned, PlanNoticesRequest } from "../../../contracts/legal/notices.ts";
import { NOTICE_TEMPLATES, noticeWords } from "../../../domain/legal/notice/templates.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { BadRequest } from "../../http/readBody.ts";
import type { StoredNotices } from "./readStored.ts";

/**
 * Plans a notice for each account of a request, in the words of a template as they stand in this release; those that wait
 * already get the new words. Nothing is sent.
 *
 * @throws Refusal `wrong-role`, `not-found`, `notice-policy`, `no-account-named`, recorded; BadRequest for an unknown template
 */
export async function planNotices(
  actor: Actor,
  requestId: string,
  { template }: PlanNoticesRequest,
): Promise<NoticesPlanned> {
  const version = NOTICE_TEMPLATES.find((one) => one.key === template)?.version;
  if (version === undefined)
    throw new BadRequest("bad-request", [
      { pointer: "/template", message: "There is no such template. Choose one of the list." },
    ]);
  const { facts } = await call<Pick<StoredNotices, "facts">>(actor, "legal.notice_terms", requestId);
  const texts = facts.platforms.map(({ id, name }) => {
    const words = noticeWords(template, { ...facts, platform: name });
    return { platformId: id, subject: words?.subject, text: words?.text };
  });
  const { planned } = await call<NoticesPlanned>(actor, "legal.plan_notices", requestId, {
    template,
    version,
    texts,
  });
  return { planned };
}
