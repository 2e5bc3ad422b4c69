// The process that serves pages and HTTP API. Started by `npm start` and `npm run demo`, each with the settings that
// this part needs and no others.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import next from "next";
import { withRequest } from "../../environment/requestContext.ts";
import { listenSettings } from "../../environment/settings.ts";
import { log } from "../../server/log/logger.ts";
import { startServing } from "../../server/startup/startServing.ts";
import { noteServing } from "../build/serving.ts";
import { untilStopped } from "../process/untilStopped.ts";
import { ROOT } from "../root.ts";
import { cleanHeaders } from "./cleanHeaders.ts";
import { clientAddress } from "./clientAddress.ts";
import { isMalformedAddress, malformedAddress } from "./malformedAddress.ts";
import { stopGracefully } from "./stopGracefully.ts";

const { host, port, trustProxy } = listenSettings();

const server = createServer({
  headersTimeout: 15_000,
  // A stream of flags may take hours. What counts is that something arrives: the socket's own time-out below.
  requestTimeout: 0,
  keepAliveTimeout: 65_000,
});
server.setTimeout(120_000);

noteServing(ROOT);
const app = next({ dev: false, dir: ROOT, hostname: host, port, httpServer: server, quiet: true });
untilStopped((signal) => void stopGracefully(server, app, signal));
// Next runs the same check from instrumentation.ts, but listens meanwhile: here it comes first.
await startServing();
await app.prepare();
const handle = app.getRequestHandler();

server.on("request", (request, response) => {
  const id = randomUUID();
  const address = clientAddress(request, trustProxy);
  cleanHeaders(request.headers, trustProxy);
  response.setHeader("x-request-id", id);
  if (isMalformedAddress(request.url ?? "/")) {
    response.writeHead(400, { "content-type": "application/problem+json", "cache-control": "no-store" });
    response.end(malformedAddress(id));
    return;
  }
  withRequest({ id, address }, () => {
    handle(request, response).catch((error: unknown) => {
      log.error("request.failed", { error });
      response.destroy();
    });
  });
});

server.once("error", (error: NodeJS.ErrnoException) => {
  const told =
    error.code === "EADDRINUSE" ? `Port ${port} of ${host} is taken.` : `Cannot listen (${error.code}).`;
  process.stderr.write(`${told} Set PORT to another one, or stop what listens there.\n`);
  process.exit(1);
});
server.listen(port, host, () => {
  log.info("server.listening", { host, port });
  process.send?.("ready");
});
