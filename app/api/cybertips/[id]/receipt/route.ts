import { readReceipt } from "../../../../../server/cybertip/readReceipt.ts";
import { route } from "../../../../../server/http/route.ts";

/** Numbers, hashes and the service's own receipt: nothing of what the report says. */
export const GET = route(
  {
    action: "cybertip.receipt_exported",
    route: "/api/cybertips/[id]/receipt",
    names: "entryId",
    leavesSomething: true,
  },
  async ({ actor, id }) => {
    const receipt = await readReceipt(actor, id);
    return new Response(`${JSON.stringify(receipt, null, 2)}\n`, {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": `attachment; filename="receipt-${receipt.ncmecReportId}.json"`,
        "cache-control": "no-store",
      },
    });
  },
);
