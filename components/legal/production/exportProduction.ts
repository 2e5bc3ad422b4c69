import { saveAnswer } from "../../api/saveAnswer.ts";

/**
 * Takes a packet out as a ZIP file.
 *
 * @throws ApiError when it is refused or breaks off
 */
export const exportProduction = (productionId: string, name: string, reason: string): Promise<void> =>
  saveAnswer(
    `/api/productions/${productionId}/export`,
    { reason },
    {
      name: () => `${name}.zip`,
      broken: {
        title: "The download broke off",
        detail: "Nothing whole is on this machine. Look at the custody record, then try again.",
      },
    },
  );
