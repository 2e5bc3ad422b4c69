import { json, route } from "../../../server/http/route.ts";
import { Refusal } from "../../../server/refusal.ts";
import { readMe } from "../../../server/staff/readMe.ts";

export const GET = route({ action: "staff.me", route: "/api/me" }, async ({ actor }) => {
  const me = await readMe(actor);
  if (!me) throw new Refusal("not-signed-in");
  return json(me);
});
