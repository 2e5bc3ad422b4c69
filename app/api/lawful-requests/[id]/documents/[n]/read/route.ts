import { readDocument } from "../../../../../../../server/disclosure/readDocument.ts";
import { writeDocument } from "../../../../../../../server/disclosure/writeDocument.ts";
import { route } from "../../../../../../../server/http/route.ts";
import { Refusal } from "../../../../../../../server/refusal.ts";

const ROUTE = "/api/lawful-requests/[id]/documents/[n]/read";

export const POST = route(
  { action: "legal.document_read", route: ROUTE, names: "entryId" },
  async ({ actor, request, id }) => {
    const n = /\/documents\/([1-9][0-9]{0,3})\/read\/?$/.exec(new URL(request.url).pathname)?.[1];
    if (!n) throw new Refusal("document-not-known");
    return writeDocument(ROUTE, await readDocument(actor, id, Number(n)));
  },
);
