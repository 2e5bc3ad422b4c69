import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { Credentials } from "./sinks.ts";

/**
 * How a connection to a sink is secured: its certificate is always checked, against the given authorities alone where there
 * are any; TLS 1.2 is the least.
 *
 * @throws an error of Node's when a file cannot be read
 */
export async function tlsOptions(host: string, credentials: Credentials): Promise<ConnectionOptions> {
  const read = (path: string | null) => (path === null ? undefined : readFile(path));
  const { caFile, certFile, keyFile } = credentials;
  const [ca, cert, key] = await Promise.all([read(caFile), read(certFile), read(keyFile)]);
  return {
    host,
    // A name for the server to choose its certificate by; an address is none (RFC 6066 §3).
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca && { ca }),
    ...(cert && key && { cert, key }),
    minVersion: "TLSv1.2",
    rejectUnauthorized: true,
  };
}
