import { problem } from "../../contracts/problem.ts";
import { ApiError } from "../api/ApiError.ts";
import { endSession } from "../api/sessionEnd.ts";
import { save } from "../cybertip/exportReport.ts";

/**
 * Takes a document of a request out, as a file of no kind that a browser opens by itself. It goes from the answer to the
 * browser's folder for downloads and stays nowhere on the page.
 *
 * @throws ApiError when it is refused or breaks off
 */
export async function readDocument(requestId: string, n: number, name: string): Promise<void> {
  const broken = () =>
    new ApiError({
      type: "about:blank",
      title: "The document broke off",
      status: 0,
      code: "broken-off",
      detail: "The connection broke on its way. Nothing was saved; try again.",
    });
  const response = await fetch(`/api/lawful-requests/${requestId}/documents/${n}/read`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
    cache: "no-store",
    credentials: "same-origin",
    referrerPolicy: "no-referrer",
    redirect: "error",
  }).catch(() => {
    throw broken();
  });
  if (response.status === 401) endSession("ended");
  if (!response.ok) {
    const told = problem.safeParse(await response.json().catch(() => undefined));
    throw told.success ? new ApiError(told.data) : broken();
  }
  const bytes = await response.arrayBuffer().catch(() => {
    throw broken();
  });
  save(new Blob([bytes], { type: "application/octet-stream" }), name);
}
