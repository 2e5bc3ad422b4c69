import { noContent, route } from "../../../../../server/http/route.ts";
import { cancelVerification } from "../../../../../server/integrity/cancelVerification.ts";

export const DELETE = route(
  { action: "log.verification_cancelled", route: "/api/integrity/verifications/[id]", names: "entryId" },
  async ({ actor, id }) => {
    await cancelVerification(actor, id);
    return noContent();
  },
);
