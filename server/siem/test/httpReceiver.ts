import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificate } from "./certificates.ts";

interface Line {
  readonly metadata: { readonly uid: string; readonly sequence: number };
  readonly message: string;
}

/** An HTTPS endpoint that takes lines of JSON, and can be told how to answer. */
export async function httpReceiver(own: Certificate) {
  const lines: Line[] = [];
  const headers: IncomingMessage["headers"][] = [];
  let answer: (body: string) => number | "hang" = () => 200;
  const server = createServer({ cert: own.cert, key: own.key }, async (request, response) => {
    const pieces: Buffer[] = [];
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(pieces).toString();
    headers.push(request.headers);
    const status = answer(body);
    if (status === "hang") return;
    if (status < 300)
      lines.push(
        ...body
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as Line),
      );
    response.writeHead(status, status === 307 ? { location: "/elsewhere" } : {}).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    lines,
    headers,
    places: () => lines.map((line) => line.metadata.sequence),
    answer(how: typeof answer) {
      answer = how;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
