import { problem } from "../../../contracts/problem.ts";
import { ApiError } from "../../api/ApiError.ts";
import { endSession } from "../../api/sessionEnd.ts";
import { save } from "../../cybertip/exportReport.ts";

/**
 * Takes a packet out as a ZIP file. It goes from the answer to the browser's folder for downloads and stays nowhere on the
 * page.
 *
 * @throws ApiError when it is refused or breaks off
 */
export async function exportProduction(productionId: string, name: string, reason: string): Promise<void> {
  const broken = () =>
    new ApiError({
      type: "about:blank",
      title: "The download broke off",
      status: 0,
      code: "broken-off",
      detail: "Nothing whole is on this machine. Look at the custody record, then try again.",
    });
  const response = await fetch(`/api/productions/${productionId}/export`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ reason }),
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
  save(
    await response.blob().catch(() => {
      throw broken();
    }),
    `${name}.zip`,
  );
}
