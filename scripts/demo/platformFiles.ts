import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { placeholderFile } from "../../db/seed/placeholderFile.ts";
import { isFree } from "../postgres/port.ts";

export interface PlatformFiles {
  /** Where the demo's platform keeps its files, such as `http://127.0.0.1:4011`. */
  readonly origin: string;
  /** The header's value without which it gives nothing. */
  readonly token: string;
  stop(): Promise<void>;
}

/**
 * Stands in for the file server of the demo's platform, on this machine alone: it gives made-up files to whoever brings the
 * token. It takes the port that it had before, since the addresses of the demo's attachments name it; when that is taken,
 * the files of older threads cannot be fetched and the console says so.
 *
 * @param dataDir in which the port is kept
 */
export async function startPlatformFiles(dataDir: string): Promise<PlatformFiles> {
  const token = `Bearer ${randomBytes(24).toString("base64url")}`;
  const known = Buffer.from(token);
  const server = createServer((request, response) => {
    const given = Buffer.from(request.headers.authorization ?? "");
    if (given.length !== known.length || !timingSafeEqual(given, known)) {
      response.writeHead(401).end();
      return;
    }
    const file = request.method === "GET" ? placeholderFile(request.url ?? "") : null;
    if (file) response.writeHead(200, { "content-length": file.length }).end(file);
    else response.writeHead(404).end();
  });
  const place = join(dataDir, "platform-files.port");
  const before = Number(await readFile(place, "utf8").catch(() => "0"));
  const port =
    Number.isInteger(before) && before > 0 && before < 65_536 && (await isFree(before)) ? before : 0;
  await new Promise<void>((ready, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", ready);
  });
  const taken = (server.address() as AddressInfo).port;
  await writeFile(place, `${taken}\n`, { mode: 0o600 });
  return {
    origin: `http://127.0.0.1:${taken}`,
    token,
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
