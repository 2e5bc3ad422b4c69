import { MOST_DRAFT_BYTES, saveDraftRequest } from "../../../../../contracts/cybertip.ts";
import { saveDraft } from "../../../../../server/disclosure/saveDraft.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const PUT = route(
  { action: "cybertip.saved", route: "/api/cybertips/[id]/draft", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await saveDraft(actor, id, await readBody(request, saveDraftRequest, MOST_DRAFT_BYTES))),
);
