import { json, route } from "../../../server/http/route.ts";
import { listAccounts } from "../../../server/staff/listAccounts.ts";

export const GET = route({ action: "account.listed", route: "/api/accounts" }, async ({ actor }) =>
  json(await listAccounts(actor)),
);
