import { type Exchanged, exchangeOnce, Sent } from "./exchangeOnce.ts";
import { form } from "./form.ts";
import type { NcmecService } from "./service.ts";

/** Posts a form that holds nothing but a report's number. */
export async function postId(
  service: NcmecService,
  path: "/finish" | "/retract",
  reportId: string,
  signal?: AbortSignal,
): Promise<Exchanged> {
  const { contentType, length, body } = form({ id: reportId }, null);
  const sent = new Sent();
  sent.add(Buffer.from(`id=${reportId}`));
  return exchangeOnce(service, {
    method: "POST",
    path,
    contentType,
    length,
    body,
    sent,
    limited: true,
    signal,
  });
}
