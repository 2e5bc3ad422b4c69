import { checkRequest } from "../../../../../contracts/legal/verification.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { json, route } from "../../../../../server/http/route.ts";
import { readVerification } from "../../../../../server/legal/verification/readVerification.ts";
import { recordCheck } from "../../../../../server/legal/verification/recordCheck.ts";

export const GET = route(
  { action: "legal.verification_read", route: "/api/lawful-requests/[id]/verifications", names: "entryId" },
  async ({ actor, id }) => json(await readVerification(actor, id)),
);

export const POST = route(
  { action: "legal.checked", route: "/api/lawful-requests/[id]/verifications", names: "entryId" },
  async ({ actor, request, id }) =>
    json(await recordCheck(actor, id, await readBody(request, checkRequest)), 201),
);
