import { z } from "zod";
import { isId } from "../../contracts/isId.ts";
import { noticeAcknowledged, noticeDelivered, noticeFeed } from "../../contracts/legal/notices.ts";
import { askDatabase } from "./askDatabase.ts";
import { IntakeRefusal } from "./intakeProblem.ts";
import { answered, readSmall, smallCall } from "./smallCall.ts";

const fed = noticeFeed.extend({ ok: z.literal(true) });
const acknowledged = noticeAcknowledged.omit({ state: true }).extend({ ok: z.literal(true) });

/** Notices in one answer; the platform asks again until there are no more. */
const AT_ONCE = 100;

/**
 * `GET /api/intake/v1/notices`: what the platform is to deliver to its accounts. Each notice is on record as handed over before
 * it is answered, and comes again until it is acknowledged or called back.
 */
export function takeNotices(request: Request): Promise<Response> {
  return smallCall(request, "notices:read", async (actor) => {
    const { notices, more } = answered(actor, await askDatabase(actor, "take_notices", `${AT_ONCE}`), fed);
    return Response.json({ notices, more }, { headers: { "cache-control": "no-store" } });
  });
}

/** `POST /api/intake/v1/notices/:id/delivered`: the platform says that it delivered one, when and how. */
export function acknowledgeNotice(request: Request, id: string): Promise<Response> {
  return smallCall(request, "notices:read", async (actor) => {
    if (!isId(id)) throw new IntakeRefusal("notice-unknown");
    const said = await readSmall(request, noticeDelivered, "bad-acknowledgement");
    const { deliveredAt, channel } = answered(
      actor,
      await askDatabase(actor, "acknowledge_notice", id, JSON.stringify(said)),
      acknowledged,
    );
    return Response.json(
      { id, state: "sent", deliveredAt, channel },
      { headers: { "cache-control": "no-store" } },
    );
  });
}
