import { personQuery } from "../../../../../../contracts/audit.ts";
import { drawUpForPerson } from "../../../../../../server/audit/drawUpForPerson.ts";
import { readQuery } from "../../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../../server/http/route.ts";
import { isSameOrigin } from "../../../../../../server/http/sameOrigin.ts";
import { Refusal } from "../../../../../../server/refusal.ts";

export const GET = route(
  { action: "audit.exported", route: "/api/audit/threads/[id]/person", names: "threadId" },
  async ({ actor, request, id }) => {
    // A link on another site could have an officer's browser make exports that nobody asked for.
    if (!isSameOrigin(request.headers)) throw new Refusal("cross-origin");
    const { reasons } = readQuery(request, personQuery);
    return json(await drawUpForPerson(actor, id, { withReasons: reasons === "1" }));
  },
);
