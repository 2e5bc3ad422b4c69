import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";
import { DeliveryFailure } from "./DeliveryFailure.ts";
import type { Sink } from "./sinks.ts";
import { tlsOptions } from "./tlsOptions.ts";

const PIECE = 64 * 1024;

/**
 * Sends frames over one TLS connection (RFC 5425) and closes it. Syslog has no acknowledgement, so this is what counts as
 * one: every byte was taken by the socket, our end of the connection was closed behind the last, and the receiver, having
 * read up to there, closed its own end without an error. A receiver that goes away before it has read everything resets
 * the connection, and nothing counts. What it had read by then comes again: at least once, never not at all.
 *
 * @param timeoutMs for all of it, the connecting included
 * @throws DeliveryFailure
 */
export async function sendSyslog(
  { host, port, credentials }: Extract<Sink, { name: "syslog" }>,
  frames: readonly Buffer[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  let socket: TLSSocket | undefined;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  const timer = setTimeout(() => failed.reject(new DeliveryFailure("timeout")), timeoutMs);
  const stop = () => failed.reject(new DeliveryFailure("stopped"));
  signal.addEventListener("abort", stop);
  try {
    if (signal.aborted) throw new DeliveryFailure("stopped");
    socket = connect({ ...(await tlsOptions(host, credentials)), port });
    socket.on("error", (error) => failed.reject(DeliveryFailure.from(error)));
    await Promise.race([deliver(socket, Buffer.concat(frames)), failed.promise]);
  } catch (error) {
    throw DeliveryFailure.from(error);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    socket?.destroy();
  }
}

async function deliver(socket: TLSSocket, bytes: Buffer): Promise<void> {
  const closed = once(socket, "close");
  // `close` comes after an error too, and then the error has ended the wait; this is not to end the process.
  closed.catch(() => {});
  // A receiver says nothing in this protocol. What it says all the same is read, so that its end is seen.
  socket.resume();
  const early = once(socket, "end").then(() => {
    if (!socket.writableFinished) throw new DeliveryFailure("closed-early");
  });
  early.catch(() => {});
  const sent = (async () => {
    await once(socket, "secureConnect");
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (!socket.write(bytes.subarray(at, at + PIECE))) await once(socket, "drain");
    }
    socket.end();
    await once(socket, "finish");
  })();
  sent.catch(() => {});
  await Promise.race([sent, closed.then(() => Promise.reject(new DeliveryFailure("closed-early")))]);
  await Promise.all([early, closed]);
}
