import { exceptionPossible } from "./matrix.ts";
import { mayIssue, TYPE_RULES } from "./requestTypes.ts";
import type { DataCategory, Issuer, RequestNotice, RequestType } from "./vocabulary.ts";

export interface Noticed {
  readonly type: RequestType;
  readonly jurisdiction: string;
  readonly issuer: Issuer;
  readonly receivedAt: Date;
  readonly expiresAt: Date | null;
  readonly dueAt: Date;
  readonly open: boolean;
  readonly gagUntil: Date | null;
  /** Asked and not given by the type. */
  readonly beyond: readonly DataCategory[];
  readonly unknownAccounts: number;
  readonly repeats: readonly { readonly exact: boolean; readonly shownNumber: string }[];
}

const WEEK = 7 * 86_400_000;
const CATEGORY: Record<DataCategory, string> = {
  subscriber: "subscriber data",
  identification: "data that identify a user",
  traffic: "traffic data",
  content: "content",
};

/** What stands out in a request by its form alone, each in words that say what to do. */
export function noticesOf(request: Noticed, now: Date): { notice: RequestNotice; words: string }[] {
  const found: { notice: RequestNotice; words: string }[] = [];
  const tell = (notice: RequestNotice, words: string) => found.push({ notice, words });
  const { expiresAt, receivedAt, repeats } = request;
  if (expiresAt && expiresAt <= receivedAt)
    tell("order_expired", "The order had lapsed when it reached us. Ask for a fresh one, or reject it.");
  else if (expiresAt && expiresAt <= now)
    tell("order_expired", "The order has lapsed since it reached us. Ask counsel whether it still binds.");
  else if (expiresAt && request.open && expiresAt.getTime() - now.getTime() < WEEK)
    tell("order_expires_soon", "The order lapses within a week.");
  const exact = repeats.filter((one) => one.exact).map((one) => one.shownNumber);
  const altered = repeats.filter((one) => !one.exact).map((one) => one.shownNumber);
  if (exact.length > 0)
    tell("duplicate", `It asks word for word what ${exact.join(", ")} asks. Answer one of them.`);
  if (altered.length > 0)
    tell(
      "altered_repeat",
      `It repeats ${altered.join(", ")} with changes. Look at what differs, and ask the authority which one holds.`,
    );
  if (!mayIssue(request.type, request.jurisdiction, request.issuer))
    tell(
      "issuer_may_not",
      `Such a request cannot come from there or from this kind of issuer (${TYPE_RULES[request.type].law}). Correct it, or reject it.`,
    );
  const route = TYPE_RULES[request.type].route;
  if (route) tell("route_to_counsel", route);
  if (request.beyond.length > 0)
    tell(
      "exceeds_type",
      `It asks for ${request.beyond.map((one) => CATEGORY[one]).join(", ")}, which it is not given by itself. ${
        request.beyond.some((one) => exceptionPossible(request.type, one))
          ? "A second counsel can grant an exception with a reason."
          : "No exception is possible."
      }`,
    );
  if (request.unknownAccounts > 0)
    tell(
      "account_not_known",
      `${request.unknownAccounts} of its accounts ${request.unknownAccounts === 1 ? "is" : "are"} not known to the platform, as far as we keep anything. Look for a slip of the pen.`,
    );
  if (request.open && request.dueAt <= now)
    tell("due_passed", "It should have been answered. Tell the authority when it will be.");
  if (request.gagUntil && request.gagUntil <= now)
    tell("gag_passed", "The order to keep silent has ended. Look whether the user can be told now.");
  return found;
}
