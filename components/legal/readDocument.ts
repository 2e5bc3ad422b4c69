import { saveAnswer } from "../api/saveAnswer.ts";

/**
 * Takes a document of a request out, as a file of no kind that a browser opens by itself.
 *
 * @throws ApiError when it is refused or breaks off
 */
export const readDocument = (requestId: string, n: number, name: string): Promise<void> =>
  saveAnswer(
    `/api/lawful-requests/${requestId}/documents/${n}/read`,
    {},
    {
      name: () => name,
      type: "application/octet-stream",
      broken: {
        title: "The document broke off",
        detail: "The connection broke on its way. Nothing was saved; try again.",
      },
    },
  );
