import { readFile } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { DeliveryFailure } from "./DeliveryFailure.ts";
import type { Sink } from "./sinks.ts";
import { tlsOptions } from "./tlsOptions.ts";

/**
 * Posts lines of JSON. Any answer of the 2xx kind counts as taken, and only when it has come to its end. No redirection is
 * followed: events go to the address that the settings name.
 *
 * @param timeoutMs for all of it, the connecting included
 * @throws DeliveryFailure `too-large` for a 413, `http-…` for any other answer
 */
export async function postEvents(
  { url, credentials }: Extract<Sink, { name: "https" }>,
  lines: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const within = AbortSignal.timeout(timeoutMs);
  try {
    const status = await post(url, credentials, lines, AbortSignal.any([signal, within]));
    if (status >= 200 && status < 300) return;
    throw new DeliveryFailure(status === 413 ? "too-large" : `http-${status}`);
  } catch (error) {
    if (signal.aborted) throw new DeliveryFailure("stopped");
    if (within.aborted) throw new DeliveryFailure("timeout");
    throw DeliveryFailure.from(error);
  }
}

async function post(
  url: URL,
  credentials: Extract<Sink, { name: "https" }>["credentials"],
  lines: string,
  signal: AbortSignal,
): Promise<number> {
  const token = credentials.tokenFile && (await readFile(credentials.tokenFile, "utf8")).trim();
  const secure = url.protocol === "https:";
  const options = {
    method: "POST",
    agent: false as const,
    signal,
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "content-length": Buffer.byteLength(lines),
      "user-agent": "unseal",
      ...(token && { authorization: `Bearer ${token}` }),
    },
  };
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const sending = secure
    ? httpsRequest(url, { ...(await tlsOptions(host, credentials)), ...options })
    : httpRequest(url, options);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sending.on("response", resolve);
    sending.on("error", reject);
    sending.end(lines);
  });
  let size = 0;
  for await (const piece of answer) {
    size += (piece as Buffer).length;
    // What it says beyond its status is nobody's business here.
    if (size > 64 * 1024) break;
  }
  return answer.statusCode ?? 0;
}
