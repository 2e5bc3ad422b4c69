import { sendDelivery } from "../../../../server/disclosure/sendDelivery.ts";
import { publicRoute } from "../../../../server/http/publicRoute.ts";

export const GET = publicRoute("/api/delivery/download", sendDelivery);
export const POST = publicRoute("/api/delivery/download", sendDelivery);
