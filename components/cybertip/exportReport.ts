import { problem } from "../../contracts/problem.ts";
import { ApiError } from "../api/ApiError.ts";
import { endSession } from "../api/sessionEnd.ts";

/**
 * Takes an approved report away as a ZIP file. It goes from the answer to the browser's folder for downloads and stays
 * nowhere on the page.
 *
 * @throws ApiError when it is refused or breaks off
 */
export async function exportReport(reportId: string, reason: string): Promise<void> {
  const broken = () =>
    new ApiError({
      type: "about:blank",
      title: "The export broke off",
      status: 0,
      code: "broken-off",
      detail:
        "A file may be gone from the platform, or differ from what was flagged. Look at the history, then try again.",
    });
  const response = await fetch(`/api/cybertips/${reportId}/export`, {
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
  const blob = await response.blob().catch(() => {
    throw broken();
  });
  save(blob, nameIn(response.headers.get("content-disposition")) ?? "unseal-cybertip.zip");
}

/** Hands something to the browser as a file. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

const nameIn = (disposition: string | null): string | undefined =>
  /filename="([\w.-]+)"/.exec(disposition ?? "")?.[1];
