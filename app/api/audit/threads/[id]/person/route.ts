import { personQuery } from "../../../../../../contracts/audit.ts";
import { drawUpForPerson } from "../../../../../../server/audit/drawUpForPerson.ts";
import { readQuery } from "../../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../../server/http/route.ts";

export const GET = route(
  {
    action: "audit.exported",
    route: "/api/audit/threads/[id]/person",
    names: "threadId",
    leavesSomething: true,
  },
  async ({ actor, request, id }) => {
    const { reasons } = readQuery(request, personQuery);
    return json(await drawUpForPerson(actor, id, { withReasons: reasons === "1" }));
  },
);
