import { saveAnswer } from "../api/saveAnswer.ts";

/**
 * Takes an approved report away as a ZIP file.
 *
 * @throws ApiError when it is refused or breaks off
 */
export const exportReport = (reportId: string, reason: string): Promise<void> =>
  saveAnswer(
    `/api/cybertips/${reportId}/export`,
    { reason },
    {
      name: (answer) => nameIn(answer.headers.get("content-disposition")) ?? "unseal-cybertip.zip",
      broken: {
        title: "The export broke off",
        detail:
          "A file may be gone from the platform, or differ from what was flagged. Look at the history, then try again.",
      },
    },
  );

const nameIn = (disposition: string | null): string | undefined =>
  /filename="([\w.-]+)"/.exec(disposition ?? "")?.[1];
