import type { ReportDoneResponse, ReportResponse } from "../../domain/cybertip/model/responses.ts";
import { serialise } from "../../domain/cybertip/serialise.ts";

/** An answer of the service before it is sent. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const XML = "text/xml;charset=utf-8";

export function accepted(more: Omit<ReportResponse, "responseCode" | "responseDescription"> = {}): Answer {
  const body = serialise(
    "reportResponse",
    { responseCode: 0, responseDescription: "Success", ...more },
    "2025-11",
  );
  return { status: 200, contentType: XML, body };
}

export function receipt(response: Omit<ReportDoneResponse, "responseCode">): Answer {
  const body = serialise("reportDoneResponse", { responseCode: 0, ...response }, "2025-11");
  return { status: 200, contentType: XML, body };
}

/**
 * The documentation fixes the status of a failed validation (400) alone; the others are chosen to fit and no client
 * should lean on them.
 */
export function refusal(code: number, description: string): Answer {
  const status = code === 2000 ? 401 : code < 2000 ? 500 : code < 4000 ? 403 : code < 5000 ? 400 : 404;
  const body = serialise(
    "reportResponse",
    { responseCode: code, responseDescription: description },
    "2025-11",
  );
  return {
    status,
    contentType: XML,
    body,
    ...(code === 2000 && { headers: { "www-authenticate": 'Basic realm="ispws"' } }),
  };
}
