import type { ReportResponse } from "../../../domain/cybertip/model/responses.ts";
import type { Outcome } from "./outcome.ts";
import { postXml } from "./postXml.ts";
import type { NcmecService } from "./service.ts";

/**
 * Says what a file is (`POST /fileinfo`): after its upload, and at most once. In doubt, it must not be sent again:
 * retract and start over.
 *
 * @param xml the `fileDetails` document
 */
export async function sendFileDetails(
  service: NcmecService,
  xml: string,
  signal?: AbortSignal,
): Promise<Outcome<ReportResponse>> {
  return postXml(service, "/fileinfo", xml, signal);
}
