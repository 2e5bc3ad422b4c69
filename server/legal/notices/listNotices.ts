import type { RequestNotices } from "../../../contracts/legal/notices.ts";
import { NOTICE_TEMPLATES, suggestedTemplate } from "../../../domain/legal/notice/templates.ts";
import type { Actor } from "../../actor.ts";
import { readStored } from "./readStored.ts";

/**
 * The notices to the accounts that a request is about, and what stands in their way. Counsel sees whose; compliance officers
 * the rest.
 *
 * @throws Refusal `wrong-role`, `not-found`, recorded
 */
export async function listNotices(actor: Actor, requestId: string): Promise<RequestNotices> {
  const { facts, reviews, gag, ...stored } = await readStored(actor, requestId);
  const [first] = facts.platforms;
  return {
    policy: stored.policy,
    gag: gag && { ...gag, reviews },
    barredWhy: stored.barredWhy,
    notices: stored.notices,
    accountsWithout: stored.accountsWithout,
    templates: NOTICE_TEMPLATES.map(({ key, version, label }) => ({ key, version, label })),
    suggested: suggestedTemplate({ ...facts, platform: first?.name ?? "" }),
    may: stored.may,
  };
}
