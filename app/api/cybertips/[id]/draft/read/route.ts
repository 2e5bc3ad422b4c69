import { readDraftRequest } from "../../../../../../contracts/cybertip.ts";
import { readDraft } from "../../../../../../server/disclosure/readDraft.ts";
import { writeContent } from "../../../../../../server/disclosure/writeContent.ts";
import { readBody } from "../../../../../../server/http/readBody.ts";
import { route } from "../../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.draft_read", route: "/api/cybertips/[id]/draft/read", names: "entryId" },
  async ({ actor, request, id }) =>
    writeContent(await readDraft(actor, id, await readBody(request, readDraftRequest))),
);
