import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { receiveFlags } from "../receiveFlags.ts";

/** The intake route behind a real HTTP server, without Next: for tests that need a connection to break. */
export async function serveIntake(): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers))
      if (typeof value === "string") headers.set(name, value);
    const body = Readable.toWeb(request) as unknown as ReadableStream<Uint8Array>;
    receiveFlags(
      new Request(`http://localhost${request.url}`, {
        method: "POST",
        headers,
        body,
        ...({ duplex: "half" } as object),
      }),
    )
      .then((answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.flushHeaders();
        if (!answer.body) return response.end();
        const stream = Readable.fromWeb(answer.body as WebStream<Uint8Array>);
        stream.on("error", () => response.destroy());
        response.on("close", () => stream.destroy());
        return stream.pipe(response);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
