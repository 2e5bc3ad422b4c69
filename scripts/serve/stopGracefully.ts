import type { Server } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { beginDraining, closeEverything } from "../../environment/shutdown.ts";
import { log } from "../../server/log/logger.ts";

/** How long requests that are under way may still take. */
const PATIENCE_MS = 10_000;

/**
 * Ends a serving process: accepts nothing more, lets requests finish, closes pools, exits with 0.
 *
 * @param app what else to close, Next in particular
 */
export async function stopGracefully(
  server: Server,
  app: { close(): Promise<void> },
  signal: string,
): Promise<never> {
  log.info("server.stopping", { signal });
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Connections that are kept alive end with the answer they are waiting for.
  server.prependListener("request", (_, response) => response.setHeader("connection", "close"));
  beginDraining();
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = await Promise.race([closed, sleep(PATIENCE_MS, "late" as const)]);
  clearInterval(idle);
  if (late === "late") {
    log.warn("server.requests_cut_off");
    server.closeAllConnections();
  }
  await Promise.race([Promise.allSettled([app.close(), closeEverything()]), sleep(5000)]);
  log.info("server.stopped");
  process.exit(0);
}
