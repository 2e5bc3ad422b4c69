import type { ReportResponse } from "../../../domain/cybertip/model/responses.ts";
import { exchangeOnce, Sent } from "./exchangeOnce.ts";
import type { Outcome } from "./outcome.ts";
import type { NcmecService } from "./service.ts";
import { understand } from "./understand.ts";

/** Posts one XML document and understands the answer. */
export async function postXml(
  service: NcmecService,
  path: "/submit" | "/fileinfo",
  xml: string,
  signal?: AbortSignal,
): Promise<Outcome<ReportResponse>> {
  const sent = new Sent();
  const bytes = sent.add(Buffer.from(xml));
  const exchanged = await exchangeOnce(service, {
    method: "POST",
    path,
    contentType: "text/xml; charset=utf-8",
    length: bytes.length,
    body: [bytes],
    sent,
    limited: true,
    signal,
  });
  return understand("reportResponse", exchanged, service.patience.answerBytes);
}
