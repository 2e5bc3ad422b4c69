import { tryAgain } from "../../../../../server/cybertip/tryAgain.ts";
import { json, route } from "../../../../../server/http/route.ts";

export const POST = route(
  { action: "cybertip.filing_retried", route: "/api/cybertips/[id]/try-again", names: "entryId" },
  async ({ actor, id }) => json(await tryAgain(actor, id)),
);
