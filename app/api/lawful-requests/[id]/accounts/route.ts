import { changeAccountsRequest as asked } from "../../../../../contracts/legal/requests.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { changeAccounts } from "../../../../../server/legal/requests/changeAccounts.ts";

export const POST = route(
  { action: "legal.accounts_changed", route: "/api/lawful-requests/[id]/accounts", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await changeAccounts(actor, id, await readBody(request, asked, 256 * 1024))),
);
