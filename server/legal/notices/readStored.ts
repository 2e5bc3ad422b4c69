import type { RequestNotices } from "../../../contracts/legal/notices.ts";
import type { NoticeFacts } from "../../../domain/legal/notice/templates.ts";
import type { Actor } from "../../actor.ts";
import { call } from "../../call.ts";

type Gag = NonNullable<RequestNotices["gag"]>;

/** What the database knows of a request's notices: with the facts that the templates may say. */
export interface StoredNotices extends Omit<RequestNotices, "gag" | "templates" | "suggested"> {
  readonly gag: Omit<Gag, "reviews"> | null;
  readonly reviews: Gag["reviews"];
  readonly facts: Omit<NoticeFacts, "platform"> & {
    readonly platforms: readonly { readonly id: string; readonly name: string }[];
  };
}

/** @throws Refusal `wrong-role`, `not-found`, recorded */
export function readStored(actor: Actor, requestId: string): Promise<StoredNotices> {
  return call<StoredNotices>(actor, "legal.request_notices", requestId);
}
