import { exportProductionRequest } from "../../../../../contracts/legal/productions.ts";
import { encryptPacket } from "../../../../../server/disclosure/encryptPacket.ts";
import { openPacket } from "../../../../../server/disclosure/writePacket.ts";
import { readBody } from "../../../../../server/http/readBody.ts";
import { route } from "../../../../../server/http/route.ts";
import { sendPacket } from "../../../../../server/http/sendPacket.ts";
import { openPacketExport } from "../../../../../server/legal/productions/openPacketExport.ts";

const ROUTE = "/api/productions/[id]/export";

export const POST = route(
  { action: "legal.packet_exported", route: ROUTE, names: "entryId" },
  async ({ actor, request, id }) => {
    const { reason } = await readBody(request, exportProductionRequest);
    const { readingId } = await openPacketExport(actor, id, reason);
    const packet = await openPacket({ actor, ticket: null }, readingId);
    const { bytes, ending } = await encryptPacket(packet.bytes(0), { kind: "none" });
    return sendPacket(ROUTE, { fileName: `${packet.name}${ending}`, bytes, size: packet.size, from: 0 });
  },
);
