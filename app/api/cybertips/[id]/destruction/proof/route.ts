import { readProof } from "../../../../../../server/cybertip/readProof.ts";
import { route } from "../../../../../../server/http/route.ts";

/** Word for word, so that its SHA-256 is the one in the audit log. */
export const GET = route(
  {
    action: "cybertip.proof_read",
    route: "/api/cybertips/[id]/destruction/proof",
    names: "entryId",
    leavesSomething: true,
  },
  async ({ actor, id }) => {
    const { proof, sha256 } = await readProof(actor, id);
    return new Response(proof, {
      headers: {
        "content-type": "application/json; charset=utf-8",
        "content-disposition": 'attachment; filename="destruction-proof.json"',
        "cache-control": "no-store",
        "repr-digest": `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
      },
    });
  },
);
