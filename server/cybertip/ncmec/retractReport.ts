import type { ReportResponse } from "../../../domain/cybertip/model/responses.ts";
import type { Outcome } from "./outcome.ts";
import { postId } from "./postId.ts";
import type { NcmecService } from "./service.ts";
import { understand } from "./understand.ts";

/**
 * Takes back a report that is not finished (`POST /retract`). A refusal tells where the report stands:
 * `afterRetraction(code)` of `domain/cybertip/responseCodes.ts` says what follows.
 */
export async function retractReport(
  service: NcmecService,
  reportId: string,
  signal?: AbortSignal,
): Promise<Outcome<ReportResponse>> {
  const exchanged = await postId(service, "/retract", reportId, signal);
  return understand("reportResponse", exchanged, service.patience.answerBytes);
}
