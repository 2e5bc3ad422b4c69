import { noContent, route } from "../../../../../server/http/route.ts";
import { leaveAccount } from "../../../../../server/staff/leaveAccount.ts";

export const DELETE = route(
  { action: "account.left", route: "/api/me/accounts/[id]", names: "entryId" },
  async ({ actor, id }) => {
    await leaveAccount(actor, id);
    return noContent();
  },
);
