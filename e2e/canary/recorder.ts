import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { findCanaries, type Hit } from "./forms.ts";

/** A canary was seen, by whom, where, and under which view. */
export interface Sighting extends Hit {
  readonly staffId: string;
  readonly at: number;
  readonly where: string;
  /** The view whose reading this was, or that was open on the page. */
  readonly viewId: string | null;
  /** It is the answer to a reading, or the page while a view is open: the only places where one may be. */
  readonly allowedPlace: boolean;
}

const READ = /^\/api\/(?:collection-)?views\/([0-9a-f-]{36})\/read$/;
/** Where the page's own watch reports to; answered here and never passed on. */
export const STRAY_PATH = "/stray-canary";

/**
 * A proxy between one person's browser and the server: every byte in both directions goes past it, whatever the page does
 * meanwhile. Redirects, beacons, event streams and downloads too.
 */
export class Recorder {
  readonly staffId: string;
  readonly sightings: Sighting[] = [];
  /** How much went past: a search in nothing finds nothing. */
  readonly seen = { exchanges: 0, bytes: 0, streams: 0, payloads: 0, beacons: 0, redirects: 0 };
  readonly #server: Server;

  constructor(staffId: string) {
    this.staffId = staffId;
    this.#server = createServer((asked, answer) => this.#pass(asked, answer));
    this.#server.setTimeout(0);
  }

  /** @returns the address for the browser's proxy setting */
  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Searches something that the person's browser showed or kept. */
  search(where: string, bytes: string | Buffer, viewId: string | null, allowedPlace: boolean): void {
    const buffer = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
    for (const hit of findCanaries(buffer))
      this.sightings.push({ ...hit, staffId: this.staffId, at: Date.now(), where, viewId, allowedPlace });
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const url = new URL(asked.url ?? "/");
    const about = `${asked.method} ${url.pathname}`;
    const viewId = asked.method === "POST" ? (READ.exec(url.pathname)?.[1] ?? null) : null;
    this.seen.exchanges++;
    this.search(`address ${about}`, asked.url ?? "", null, false);
    this.search(`request headers ${about}`, asked.rawHeaders.join("\n"), null, false);
    if (asked.headers.rsc) this.seen.payloads++;
    // The console's own calls ask for JSON; a beacon takes anything.
    if (asked.method === "POST" && asked.headers.accept === "*/*") this.seen.beacons++;

    const sent: Buffer[] = [];
    asked.on("data", (piece: Buffer) => sent.push(piece));
    asked.once("end", () => this.search(`request body ${about}`, Buffer.concat(sent), null, false));
    if (url.pathname === STRAY_PATH) {
      asked.once("end", () => answer.writeHead(204).end());
      return;
    }
    const { "proxy-connection": _, ...own } = asked.headers;
    const headers = { ...own, "accept-encoding": "identity" };
    const { hostname, port, pathname, search } = url;
    const options = { hostname, port, path: `${pathname}${search}`, method: asked.method, headers };
    const passed = request(options, (got) => {
      this.search(`answer headers ${about}`, got.rawHeaders.join("\n"), null, false);
      if ((got.statusCode ?? 0) >= 300 && (got.statusCode ?? 0) < 400) this.seen.redirects++;
      if (got.headers["content-type"]?.startsWith("text/event-stream")) this.seen.streams++;
      answer.writeHead(got.statusCode ?? 502, got.rawHeaders);
      const pieces: Buffer[] = [];
      got.on("data", (piece: Buffer) => {
        this.seen.bytes += piece.length;
        pieces.push(piece);
        answer.write(piece);
      });
      const over = () => {
        this.search(`answer ${about}`, Buffer.concat(pieces.splice(0)), viewId, viewId !== null);
        answer.end();
      };
      got.once("end", over);
      got.once("close", over);
    });
    passed.once("error", () => answer.destroy());
    asked.once("close", () => answer.once("close", () => passed.destroy()));
    asked.pipe(passed);
  }
}
