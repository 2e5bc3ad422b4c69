import { writeDelivery } from "../../../../server/disclosure/writeDelivery.ts";
import { publicRoute } from "../../../../server/http/publicRoute.ts";

export const GET = publicRoute("/api/delivery/download", writeDelivery);
export const POST = publicRoute("/api/delivery/download", writeDelivery);
