import { problem } from "../../contracts/problem.ts";
import { ApiError } from "./ApiError.ts";
import { endSession } from "./sessionEnd.ts";

type Saved = {
  /** What the file is called. */
  readonly name: (answer: Response) => string;
  /** What is said when it breaks off on its way, and what to do then. */
  readonly broken: { readonly title: string; readonly detail: string };
  /** Its kind; without one as the answer has it. */
  readonly type?: string;
};

/**
 * Asks for a file by POST and hands it to the browser. It goes from the answer to the browser's folder for downloads and stays
 * nowhere on the page.
 *
 * @throws ApiError when it is refused or breaks off
 */
export async function saveAnswer(path: string, body: unknown, { name, broken, type }: Saved): Promise<void> {
  const brokenOff = () => new ApiError({ type: "about:blank", status: 0, code: "broken-off", ...broken });
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
    credentials: "same-origin",
    referrerPolicy: "no-referrer",
    redirect: "error",
  }).catch(() => {
    throw brokenOff();
  });
  if (answer.status === 401) endSession("ended");
  if (!answer.ok) {
    const told = problem.safeParse(await answer.json().catch(() => undefined));
    throw told.success ? new ApiError(told.data) : brokenOff();
  }
  const blob = await answer.blob().catch(() => {
    throw brokenOff();
  });
  save(type === undefined ? blob : blob.slice(0, blob.size, type), name(answer));
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
