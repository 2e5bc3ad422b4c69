import { requestFiguresQuery } from "../../../../contracts/legal/requests.ts";
import { readQuery } from "../../../../server/http/readBody.ts";
import { json, route } from "../../../../server/http/route.ts";
import { figuresCsv } from "../../../../server/legal/requests/figuresCsv.ts";
import { readFigures } from "../../../../server/legal/requests/readFigures.ts";

export const GET = route(
  { action: "legal.figures_read", route: "/api/lawful-requests/figures" },
  async ({ actor, request }) => {
    const query = readQuery(request, requestFiguresQuery);
    const figures = await readFigures(actor, query);
    if (query.format === "json") return json(figures);
    return new Response(figuresCsv(figures), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="lawful-requests-figures.csv"',
        "cache-control": "no-store",
      },
    });
  },
);
