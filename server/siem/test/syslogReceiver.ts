import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { SyslogMessage } from "../../../domain/siem/syslog.ts";
import { parseSyslog, takeFrames } from "../../../domain/siem/test/parseSyslog.ts";
import type { Certificate } from "./certificates.ts";

/** What a receiver does with a connection: reads it to its end, cuts it after so many messages, or never reads. */
export type Manner = "reads" | "hangs" | "never-closes" | { readonly cutAfter: number };

/** A syslog receiver over TLS (RFC 5425), with the manners that real ones have. */
export async function syslogReceiver(own: Certificate, { clients }: { clients?: Certificate } = {}) {
  const messages: SyslogMessage[] = [];
  const sockets = new Set<Socket>();
  let manner: Manner = "reads";
  let connections = 0;
  let mostAtOnce = 0;
  let reading = 0;
  const server = createServer(
    {
      cert: own.cert,
      key: own.key,
      ...(clients && { ca: clients.cert, requestCert: true, rejectUnauthorized: true }),
    },
    (socket) => receive(socket),
  );
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => {});

  function receive(socket: TLSSocket): void {
    connections++;
    reading++;
    mostAtOnce = Math.max(mostAtOnce, reading);
    const act = manner;
    let held: Buffer = Buffer.alloc(0);
    let count = 0;
    socket.on("error", () => {});
    socket.on("close", () => reading--);
    if (act === "hangs") {
      socket.pause();
      return;
    }
    if (act === "never-closes") {
      socket.allowHalfOpen = true;
      socket.resume();
      return;
    }
    socket.on("data", (piece) => {
      const taken = takeFrames(Buffer.concat([held, piece]));
      held = taken.rest;
      for (const frame of taken.frames) {
        if (typeof act === "object" && count++ >= act.cutAfter) {
          // As a process that is killed does: what it has not read is answered with a reset.
          for (const one of sockets) one.resetAndDestroy();
          return;
        }
        messages.push(parseSyslog(frame));
      }
    });
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    /** Places in the log, in the order in which they came. */
    places: () => messages.map((message) => Number(factsOf(message).logIndex)),
    ids: () => messages.map((message) => factsOf(message).eventId),
    connections: () => connections,
    mostAtOnce: () => mostAtOnce,
    behave(next: Manner) {
      manner = next;
    },
    /** Drops every connection, as a crash does. */
    drop() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

export function factsOf(message: SyslogMessage): Record<string, string> {
  return Object.fromEntries(message.data[1]?.params ?? []);
}
