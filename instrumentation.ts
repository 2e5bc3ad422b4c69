import type { Instrumentation } from "next";

/**
 * Runs once before Next answers anything, also when `next start` is called directly: a process that must not serve
 * ends here.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServing } = await import("./server/startup/startServing.ts");
  await startServing();
}

/** Next's own report of an error that no handler caught: its kind and the route, never its message. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log } = await import("./server/log/logger.ts");
  log.error("request.failed", {
    error,
    method: request.method,
    route: context.routePath,
    part: context.routeType,
  });
};
