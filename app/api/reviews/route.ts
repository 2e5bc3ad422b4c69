import { reviewsQuery } from "../../../contracts/reviews.ts";
import { readQuery } from "../../../server/http/readBody.ts";
import { json, route } from "../../../server/http/route.ts";
import { listReviews } from "../../../server/reviews/listReviews.ts";

export const GET = route({ action: "review.listed", route: "/api/reviews" }, async ({ actor, request }) =>
  json(await listReviews(actor, readQuery(request, reviewsQuery))),
);
