import { exchangeOnce, Sent } from "./exchangeOnce.ts";
import { failed, type Outcome } from "./outcome.ts";
import type { NcmecService } from "./service.ts";
import { understand } from "./understand.ts";

/**
 * Fetches the service's schema (`GET /xsd`), to be compared with the model by
 * `domain/cybertip/schema/compareSchemas.ts`. `exchange.answerSha256` is its hash.
 */
export async function readSchema(
  service: NcmecService,
  signal?: AbortSignal,
): Promise<Outcome<{ readonly xsd: string }>> {
  const exchanged = await exchangeOnce(service, {
    method: "GET",
    path: "/xsd",
    length: null,
    body: [],
    sent: new Sent(),
    limited: true,
    signal,
  });
  if (exchanged.kind === "failed" || exchanged.status !== 200) {
    const outcome = understand("reportResponse", exchanged, service.patience.answerBytes);
    return outcome.kind === "accepted" ? failed("answer-strange", false, outcome.exchange) : outcome;
  }
  const { exchange } = exchanged;
  if (exchange.answer === null) return failed("answer-unreadable", false, exchange);
  return { kind: "accepted", answer: { xsd: exchange.answer }, exchange };
}
