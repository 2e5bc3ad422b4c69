import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { target } from "../target.ts";

/** An answer of the server, read to its end; of a stream, its first piece. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The id under which the server logs and audits the call. */
  readonly requestId: string;
}

export interface Call {
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** An object goes as JSON; a text goes as it is. */
  readonly body?: object | string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/**
 * Calls the server with a path exactly as it is written: nothing is normalised, no header is forbidden, no redirect is
 * followed. What a browser would not send is sent here.
 */
export function call(
  method: string,
  path: string,
  { cookie, headers = {}, body }: Call = {},
): Promise<Answer> {
  const { hostname, port, host } = new URL(target().baseUrl);
  const sent = typeof body === "object" ? JSON.stringify(body) : body;
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        hostname,
        port,
        path,
        method,
        agent,
        headers: {
          host,
          ...(cookie === undefined ? {} : { cookie }),
          ...(typeof body === "object" ? { "content-type": "application/json" } : {}),
          ...(sent === undefined ? {} : { "content-length": Buffer.byteLength(sent) }),
          ...headers,
        },
      },
      (answer) => {
        const pieces: Buffer[] = [];
        const done = () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(pieces).toString(),
            requestId: String(answer.headers["x-request-id"] ?? ""),
          });
        answer.on("data", (piece: Buffer) => {
          pieces.push(piece);
          if (!answer.headers["content-type"]?.startsWith("text/event-stream")) return;
          done();
          asked.destroy();
        });
        answer.once("end", done);
        answer.once("error", reject);
      },
    );
    asked.once("error", reject);
    asked.end(sent);
  });
}

/** An answer's JSON. @throws when it is none */
export function jsonOf<T = Record<string, unknown>>(answer: Answer): T {
  return JSON.parse(answer.text) as T;
}

/** Cookies that an answer sets, by name, with their attributes as they were written. */
export function cookiesOf(answer: Answer): Map<string, { value: string; attributes: string }> {
  const set = new Map<string, { value: string; attributes: string }>();
  for (const line of answer.headers["set-cookie"] ?? []) {
    const [pair = "", ...attributes] = line.split(";");
    const at = pair.indexOf("=");
    set.set(pair.slice(0, at), { value: pair.slice(at + 1), attributes: attributes.join(";") });
  }
  return set;
}
