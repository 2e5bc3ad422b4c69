import { recordAccountRequest } from "../../../../contracts/account.ts";
import { readBody } from "../../../../server/http/readBody.ts";
import { json, route } from "../../../../server/http/route.ts";
import { ownAccounts } from "../../../../server/staff/ownAccounts.ts";
import { recordAccount } from "../../../../server/staff/recordAccount.ts";

export const GET = route({ action: "account.listed", route: "/api/me/accounts" }, async ({ actor }) =>
  json(await ownAccounts(actor)),
);

export const POST = route(
  { action: "account.recorded", route: "/api/me/accounts" },
  async ({ actor, request }) =>
    json(await recordAccount(actor, await readBody(request, recordAccountRequest)), 201),
);
