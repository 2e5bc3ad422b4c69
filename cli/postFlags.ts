import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { createInterface } from "node:readline";
import type { FlagInput, ResultLine, SummaryLine } from "../contracts/intake.ts";
import { Told } from "./tellFailure.ts";

export interface PostOptions {
  /** Where intake is served, without a path. */
  readonly baseUrl: string;
  readonly key: string;
  readonly flags: Iterable<FlagInput> | AsyncIterable<FlagInput>;
  /** Called for each line of the answer, in order. */
  readonly onResult?: (result: ResultLine) => void;
}

/**
 * Sends flags to intake as one NDJSON stream, reading results while it sends: memory stays the same at any length.
 *
 * @returns the summary that intake ends its answer with
 * @throws Told when intake cannot be reached, refuses the request as a whole, or breaks off
 */
export async function postFlags(options: PostOptions): Promise<SummaryLine["summary"]> {
  const url = new URL("/api/intake/v1/flags", options.baseUrl);
  const call = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, {
    method: "POST",
    headers: { authorization: `Bearer ${options.key}`, "content-type": "application/x-ndjson" },
  });
  const broken = new Promise<NodeJS.ErrnoException>((resolve) => call.on("error", resolve));
  const answered = new Promise<IncomingMessage>((resolve) => call.once("response", resolve));

  const stop = new AbortController();
  const sending = send(call, options.flags, stop.signal).catch((error: unknown) => {
    // A server that refuses early closes its side; what it said is read below.
    if (!stop.signal.aborted && !call.destroyed) throw error;
  });
  sending.catch(() => {});
  const first = await Promise.race([answered, broken, sending.then(() => answered)]);
  if (first instanceof Error) {
    stop.abort();
    throw new Told(
      `Intake at ${url.origin} cannot be reached (${first.code ?? "connection lost"}). Is it running?`,
    );
  }
  try {
    if (first.statusCode !== 200) throw await refusalOf(first);
    const summary = await readResults(first, options.onResult);
    if (!summary)
      throw new Told("Intake broke off in the middle. Send again: what was taken in is not taken twice.");
    if (summary.complete) await sending;
    return summary;
  } finally {
    stop.abort();
    call.destroy();
  }
}

type Call = ReturnType<typeof httpRequest>;

async function send(call: Call, flags: PostOptions["flags"], stopped: AbortSignal): Promise<void> {
  let held = "";
  const flush = async () => {
    const text = held;
    held = "";
    if (!call.write(text)) await once(call, "drain", { signal: stopped });
  };
  for await (const flag of flags) {
    if (stopped.aborted || call.destroyed) return;
    held += `${JSON.stringify(flag)}\n`;
    if (held.length > 64 * 1024) await flush();
  }
  if (held !== "") await flush();
  call.end();
}

async function readResults(
  answer: IncomingMessage,
  onResult: PostOptions["onResult"],
): Promise<SummaryLine["summary"] | undefined> {
  let summary: SummaryLine["summary"] | undefined;
  try {
    for await (const line of createInterface({ input: answer, crlfDelay: Number.POSITIVE_INFINITY })) {
      const told = JSON.parse(line) as ResultLine | SummaryLine;
      if ("summary" in told) summary = told.summary;
      else onResult?.(told);
    }
  } catch {
    return undefined;
  }
  return summary;
}

async function refusalOf(answer: IncomingMessage): Promise<Told> {
  let text = "";
  for await (const chunk of answer) {
    text += chunk;
    if (text.length > 20_000) break;
  }
  try {
    const { title, detail } = JSON.parse(text) as { title: string; detail?: string };
    return new Told(`Intake refused (${answer.statusCode}): ${title}.\n    ${detail ?? ""}`);
  } catch {
    return new Told(`Something answered ${answer.statusCode} that is not intake. Check the address.`);
  }
}
