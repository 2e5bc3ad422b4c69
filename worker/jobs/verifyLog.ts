import type { Task } from "graphile-worker";
import { runVerification } from "../../server/integrity/runVerification.ts";

/** Checks the log when somebody asked for it, or when the worker that did so is no more. */
export const verifyLog: Task = async (_, { abortSignal }) => {
  await runVerification(abortSignal);
};
