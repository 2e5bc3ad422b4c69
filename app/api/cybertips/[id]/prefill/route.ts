import { proposeDraftRequest } from "../../../../../contracts/cybertip.ts";
import { proposeDraft } from "../../../../../server/disclosure/proposeDraft.ts";
import { writeContent } from "../../../../../server/disclosure/writeContent.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.draft_proposed", route: "/api/cybertips/[id]/prefill", names: "entryId" },
  async ({ actor, id, request }) => {
    const { viewId } = await readBody(request, proposeDraftRequest);
    return writeContent(await proposeDraft(actor, id, viewId));
  },
);
