import { json, route } from "../../../../server/http/route.ts";
import { askVerification } from "../../../../server/integrity/askVerification.ts";

export const POST = route(
  { action: "log.verification_asked", route: "/api/integrity/verifications" },
  async ({ actor }) => {
    const asked = await askVerification(actor);
    return json(asked, asked.started ? 201 : 200);
  },
);
