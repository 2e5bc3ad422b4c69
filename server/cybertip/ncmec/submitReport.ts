import type { Outcome } from "./outcome.ts";
import { postXml } from "./postXml.ts";
import type { NcmecService } from "./service.ts";
import { narrowed } from "./understand.ts";

/**
 * Opens a report (`POST /submit`).
 *
 * A report that is in doubt leaves at worst an open one behind, which the service deletes by itself; nothing is filed
 * before `finishReport`.
 *
 * @param xml the `report` document
 * @returns the report's number. Store it before anything else is sent
 */
export async function submitReport(
  service: NcmecService,
  xml: string,
  signal?: AbortSignal,
): Promise<Outcome<{ readonly reportId: string }>> {
  return narrowed(await postXml(service, "/submit", xml, signal), ({ reportId }) =>
    reportId === undefined ? null : { reportId },
  );
}
