import { json, route } from "../../../../server/http/route.ts";
import { readReview } from "../../../../server/reviews/readReview.ts";

export const GET = route(
  { action: "review.read", route: "/api/reviews/[id]", names: "entryId" },
  async ({ actor, id }) => json(await readReview(actor, id)),
);
