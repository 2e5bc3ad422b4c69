import { nameParticipantRequest } from "../../../../../contracts/legal/collections.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { nameParticipant } from "../../../../../server/legal/collections/nameParticipant.ts";

export const POST = route(
  { action: "legal.participant_named", route: "/api/collections/[id]/name-participant", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await nameParticipant(actor, id, await readBody(request, nameParticipantRequest))),
);
