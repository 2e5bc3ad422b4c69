import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import type { FlagInput, Receipt, ResultLine, SummaryLine } from "../../../contracts/intake.ts";
import type { Problem } from "../../../contracts/problem.ts";
import { type TestDatabase, testDatabase } from "../../../db/test/database.ts";
import { closeEverything } from "../../../environment/shutdown.ts";
import { createKeyRing } from "../../disclosure/keys/keyRing.ts";
import { platformKeyHash } from "../platformActor.ts";
import { receiveFlags } from "../receiveFlags.ts";

/** A platforms' door on a database of its own: the real verb, the real roles, a real key ring. */
export interface Door {
  readonly database: TestDatabase;
  /** The cluster's superuser: to arrange and to look. */
  readonly admin: Sql;
  readonly key: string;
  readonly platformId: string;
  /** Queue that takes what no other route does. */
  readonly queueId: string;
  send(body: BodyInit | object, headers?: Record<string, string>): Promise<Response>;
  sendOne(flag: FlagInput | object): Promise<Response>;
  /** Sends lines and reads the whole answer. */
  sendLines(lines: readonly (string | object)[], headers?: Record<string, string>): Promise<StreamAnswer>;
  newPlatform(slug: string): Promise<{ platformId: string; key: string }>;
  newQueue(name: string, route: QueueRoute): Promise<string>;
  close(): Promise<void>;
}

export interface QueueRoute {
  readonly category?: string;
  readonly region?: string;
  readonly rank: number;
  readonly restricted?: string;
}

export interface StreamAnswer {
  readonly results: ResultLine[];
  readonly summary: SummaryLine["summary"];
  readonly text: string;
}

/**
 * Opens a door for one test file. Settings of the process are set for it: one door a file.
 *
 * @param empty leave the database as it is: no platform, no queue
 */
export async function openDoor({ empty = false } = {}): Promise<Door> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "unseal-intake-"));
  const keyFile = join(folder, "keys.json");
  await createKeyRing(keyFile);
  Object.assign(process.env, {
    INTAKE_DATABASE_URL: database.urls.intake,
    UNSEAL_KEY_FILE: keyFile,
    UNSEAL_SERVE: "intake",
    LOG_LEVEL: "silent",
  });
  const admin = postgres(database.adminUrl, { max: 4, onnotice: () => {} });

  const newPlatform = async (slug: string) => {
    const key = `uns_${randomBytes(32).toString("base64url")}`;
    const [row] = await admin<{ id: string }[]>`select intake.add_platform(${slug}, ${slug}) as id`;
    await admin`select intake.add_key(${slug}, 'test', ${platformKeyHash(key)}, null)`;
    return { platformId: (row as { id: string }).id, key };
  };
  const newQueue = async (name: string, route: QueueRoute) => {
    const [queue] = await admin<{ id: string }[]>`
      insert into triage.queues (name, category, region, restricted_subject)
      values (${name}, ${route.category ?? null}, ${route.region ?? null}, ${route.restricted ?? null}) returning id`;
    const id = (queue as { id: string }).id;
    await admin`insert into triage.queue_routes (category, region, queue_id, rank)
      values (${route.category ?? null}, ${route.region ?? null}, ${id}, ${route.rank})`;
    return id;
  };

  const { platformId, key } = empty ? { platformId: "", key: "" } : await newPlatform("example-chat");
  const queueId = empty ? "" : await newQueue("Everything", { rank: 100 });
  const send: Door["send"] = (body, headers = {}) =>
    receiveFlags(
      new Request("http://localhost/api/intake/v1/flags", {
        method: "POST",
        body: isBody(body) ? body : JSON.stringify(body),
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
        ...({ duplex: "half" } as object),
      }),
    );
  const sendLines: Door["sendLines"] = async (lines, headers = {}) => {
    const body = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
    return readAnswer(await send(body, { "content-type": "application/x-ndjson", ...headers }));
  };

  return {
    database,
    admin,
    key,
    platformId,
    queueId,
    send,
    sendOne: (flag) => send(flag),
    sendLines,
    newPlatform,
    newQueue,
    async close() {
      await closeEverything();
      await admin.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isBody(body: BodyInit | object): body is BodyInit {
  return (
    typeof body === "string" ||
    body instanceof ReadableStream ||
    body instanceof Uint8Array ||
    body instanceof Blob
  );
}

/** Reads the answer to a stream. */
export async function readAnswer(response: Response): Promise<StreamAnswer> {
  const text = await response.text();
  const lines = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ResultLine | SummaryLine);
  const last = lines.pop();
  if (!last || !("summary" in last))
    throw new Error(`The answer has no summary (status ${response.status}).`);
  return { results: lines as ResultLine[], summary: last.summary, text };
}

export async function receiptOf(response: Response): Promise<Receipt> {
  const body: unknown = await response.json();
  if (response.status !== 201) throw new Error(`Expected a receipt, got ${JSON.stringify(body)}`);
  return body as Receipt;
}

export async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get("content-type") !== "application/problem+json")
    throw new Error(`Expected a problem, got status ${response.status}`);
  return (await response.json()) as Problem;
}

let made = 0;

/** A small flag that is right in every way, each call another one. */
export function aFlag(change: Partial<FlagInput> & { messages?: number } = {}): FlagInput {
  const n = ++made;
  const { messages: count = 3, ...over } = change;
  return {
    id: `flag-${n}`,
    source: "user_report",
    category: "harassment",
    severity: "medium",
    confidence: null,
    reporter: { participantId: "p-1", words: "Placeholder words." },
    flaggedMessageIds: ["m-1"],
    thread: {
      id: `thread-${n}`,
      kind: "direct",
      region: "eu",
      participants: [
        { id: "p-1", handle: "one@people.example.org", displayName: "One Example", ageBand: "adult" },
        { id: "p-2", handle: "two@people.example.org", displayName: "Two Example", ageBand: "unknown" },
      ],
      messages: Array.from({ length: count }, (_, i) => ({
        id: `m-${i + 1}`,
        senderId: `p-${1 + (i % 2)}`,
        sentAt: `2026-03-01T09:${String(i % 60).padStart(2, "0")}:00Z`,
        kind: "text" as const,
        body: `Placeholder message ${i + 1}.`,
      })),
    },
    ...over,
  };
}
