import { randomUUID, timingSafeEqual } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { SchemaVersion } from "../../domain/cybertip/model/versions.ts";
import { writeSchema } from "../../domain/cybertip/schema/writeSchema.ts";
import { type Answer, accepted, refusal } from "./answer.ts";
import { FAULTS, type Fault, Faults, strike } from "./faults.ts";
import { readBody } from "./readBody.ts";
import { fileInfo, finish, retract, type Surroundings, submit, upload } from "./reports.ts";
import { Store, type StoredReport } from "./store.ts";

export interface NcmecOptions {
  /** Where received reports are kept. */
  readonly folder: string;
  readonly username: string;
  readonly password: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** The version of the schema that it speaks. */
  readonly version?: SchemaVersion;
  /** Whether faults and the clock may be set over HTTP (`/control`), for tests in a browser. */
  readonly control?: boolean;
}

export interface RunningNcmec {
  /** The address to give to `NcmecService` as `base`. */
  readonly base: string;
  readonly port: number;
  readonly faults: Faults;
  readonly reports: () => StoredReport[];
  readonly path: (reportId: string, name: string) => string;
  /** Lets time pass: an hour, a day. */
  readonly passTime: (milliseconds: number) => void;
  readonly stop: () => Promise<void>;
}

type Handler = (request: IncomingMessage, around: Surroundings) => Promise<Answer>;
const CALLS: Readonly<Record<string, Handler>> = {
  "POST /submit": submit,
  "POST /upload": upload,
  "POST /fileinfo": fileInfo,
  "POST /finish": finish,
  "POST /retract": retract,
};

/**
 * A service that keeps to the documentation of the CyberTipline Reporting API (2025-06-11): Basic authentication, XML
 * answers and codes, forms, the limits of 24 hours and of one hour, MD5 of what came. It listens on this machine
 * alone, and it forwards nothing to anybody.
 */
export async function startNcmec(options: NcmecOptions): Promise<RunningNcmec> {
  const version = options.version ?? "2025-11";
  mkdirSync(options.folder, { recursive: true });
  const store = new Store(join(options.folder, "reports"));
  const faults = new Faults();
  let ahead = 0;
  const around: Surroundings = {
    store,
    folder: options.folder,
    version,
    now: () => new Date(Date.now() + ahead),
  };
  const passTime = (milliseconds: number) => {
    ahead += milliseconds;
  };
  const expected = Buffer.from(
    `Basic ${Buffer.from(`${options.username}:${options.password}`).toString("base64")}`,
  );

  async function answerTo(request: IncomingMessage, path: string): Promise<Answer> {
    if (!signedIn(request.headers.authorization, expected)) return refusal(2000, "Authentication required");
    if (request.method === "GET" && path === "/status")
      return {
        ...accepted(),
        body: accepted().body.replace(
          "Success",
          `Remote User : ${encodeURIComponent(options.username)}, Remote Ip : 127.0.0.1`,
        ),
      };
    if (request.method === "GET" && path === "/xsd")
      return { status: 200, contentType: "text/xml;charset=utf-8", body: writeSchema(version) };
    const call = CALLS[`${request.method} ${path}`];
    return call ? call(request, around) : refusal(4000, "No such call");
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://local");
    if (options.control && url.pathname.startsWith("/control/"))
      return control(request, response, url.pathname);
    const path = url.pathname.replace(/^\/ispws/, "");
    const fault = faults.take(path);
    if (fault?.kind === "reset" && !fault.done) {
      request.socket.destroy();
      return;
    }
    const answer = fault && !fault.done ? accepted({ reportId: "1" }) : await answerTo(request, path);
    request.resume();
    const struck = fault ? strike(fault, answer) : ({ kind: "answer", answer } as const);
    if (!("answer" in struck)) {
      if (struck.kind === "reset") request.socket.destroy();
      return;
    }
    response.writeHead(struck.answer.status, {
      "content-type": struck.answer.contentType,
      "content-length": Buffer.byteLength(struck.answer.body),
      "request-id": randomUUID(),
      ...struck.answer.headers,
    });
    if (struck.kind === "cut") {
      response.write(struck.answer.body.slice(0, 40), () => request.socket.destroy());
      return;
    }
    response.end(struck.answer.body);
  }

  async function control(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const say = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (request.method === "GET" && path === "/control/reports") {
      say(200, store.all());
      return;
    }
    const body = await readBody(request, 65_536);
    const asked: unknown = JSON.parse(body?.toString() || "null");
    if (path === "/control/faults" && isFault(asked)) faults.add(asked);
    else if (path === "/control/clear") faults.clear();
    else if (path === "/control/pass" && typeof asked === "number") passTime(asked);
    else {
      say(400, { known: ["reports", "faults", "clear", "pass"], faults: FAULTS });
      return;
    }
    say(200, {});
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    base: `http://127.0.0.1:${port}/ispws`,
    port,
    faults,
    reports: () => store.all(),
    path: (reportId, name) => store.path(reportId, name),
    passTime,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function signedIn(given: string | undefined, expected: Buffer): boolean {
  const said = Buffer.from(given ?? "");
  return said.length === expected.length && timingSafeEqual(said, expected);
}

function isFault(value: unknown): value is Fault {
  if (typeof value !== "object" || value === null) return false;
  const { on, kind, done, times } = value as Partial<Fault>;
  return (
    typeof on === "string" &&
    FAULTS.some((one) => one === kind) &&
    typeof done === "boolean" &&
    typeof times === "number"
  );
}
