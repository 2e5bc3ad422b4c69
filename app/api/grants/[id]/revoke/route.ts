import { revokeGrantRequest } from "../../../../../contracts/access.ts";
import { revokeGrant } from "../../../../../server/access/revokeGrant.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { noContent, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "grant.revoked", route: "/api/grants/[id]/revoke", names: "entryId" },
  async ({ actor, request, id }) => {
    await revokeGrant(actor, id, (await readBody(request, revokeGrantRequest)).reason);
    return noContent();
  },
);
