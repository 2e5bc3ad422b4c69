import { figuresQuery } from "../../../../contracts/cybertip.ts";
import { figuresCsv } from "../../../../server/cybertip/figuresCsv.ts";
import { readFigures } from "../../../../server/cybertip/readFigures.ts";
import { readQuery } from "../../../../server/http/readBody.ts";
import { json, route } from "../../../../server/http/route.ts";

export const GET = route(
  { action: "cybertip.figures_read", route: "/api/cybertips/figures" },
  async ({ actor, request }) => {
    const query = readQuery(request, figuresQuery);
    const figures = await readFigures(actor, query);
    if (query.format === "json") return json(figures);
    return new Response(figuresCsv(figures), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="cybertip-figures.csv"',
        "cache-control": "no-store",
      },
    });
  },
);
