import { json, route } from "../../../../server/http/route.ts";
import { readDeadlines } from "../../../../server/legal/requests/readDeadlines.ts";

export const GET = route(
  { action: "legal.deadlines_read", route: "/api/lawful-requests/deadlines" },
  async ({ actor }) => json(await readDeadlines(actor)),
);
