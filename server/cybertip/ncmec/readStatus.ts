import type { ReportResponse } from "../../../domain/cybertip/model/responses.ts";
import { exchangeOnce, Sent } from "./exchangeOnce.ts";
import type { Outcome } from "./outcome.ts";
import type { NcmecService } from "./service.ts";
import { understand } from "./understand.ts";

/** Asks whether the service is there and knows us (`GET /status`). */
export async function readStatus(
  service: NcmecService,
  signal?: AbortSignal,
): Promise<Outcome<ReportResponse>> {
  const exchanged = await exchangeOnce(service, {
    method: "GET",
    path: "/status",
    length: null,
    body: [],
    sent: new Sent(),
    limited: true,
    signal,
  });
  return understand("reportResponse", exchanged, service.patience.answerBytes);
}
