import { keepDocument } from "../../../../../server/disclosure/keepDocument.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { sentDocument } from "../../../../../server/legal/documents/sentDocument.ts";

export const POST = route(
  { action: "legal.document_added", route: "/api/lawful-requests/[id]/documents", names: "entryId" },
  async ({ actor, request, id }) => json(await keepDocument(actor, id, sentDocument(request)), 201),
);
