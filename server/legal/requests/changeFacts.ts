import type { ChangeRequest, RequestMoved } from "../../../contracts/legal/requests.ts";
import { tidyAddress } from "../../../domain/legal/addresses.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";
import { type DatedFacts, dueOfFacts } from "./dueOfFacts.ts";
import { moved } from "./moves.ts";

/**
 * Changes what was written down of a request. When what is asked is another then, its approval and exceptions fall; when who
 * asks is, the checks of the requester count no more.
 *
 * @throws Refusal `request-changed` when somebody changed it meanwhile, `request-not-open`, and what registering refuses
 */
export async function changeFacts(
  actor: Actor,
  requestId: string,
  change: ChangeRequest,
): Promise<RequestMoved> {
  const before = await call<DatedFacts & { holidays: string[] }>(actor, "legal.change_terms", requestId);
  const due = dueOfFacts(
    {
      type: change.type ?? before.type,
      jurisdiction: change.jurisdiction ?? before.jurisdiction,
      emergency: change.emergency ?? before.emergency,
      receivedAt: change.receivedAt ?? before.receivedAt,
      returnAt: change.returnAt === undefined ? before.returnAt : change.returnAt,
      localZone: change.localZone ?? before.localZone,
    },
    before.holidays,
  );
  const address = change.officerEmail;
  return moved(
    await call<RequestMoved>(actor, "legal.change_request", requestId, {
      ...change,
      ...due,
      ...(address === undefined ? {} : { officerEmail: address === null ? null : tidyAddress(address) }),
    }),
  );
}
