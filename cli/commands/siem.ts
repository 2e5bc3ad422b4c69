import { pipeline } from "node:stream/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { FEED_FORMATS, type FeedFormat } from "../../domain/siem/lines.ts";
import { siemSettings } from "../../environment/settings.ts";
import { closeEverything } from "../../environment/shutdown.ts";
import { PullRefused, pullAsOperator } from "../../server/siem/pullAsOperator.ts";
import { readSinks } from "../../server/siem/readSinks.ts";
import { Told } from "../tellFailure.ts";

/** `unseal siem …`: events for a SIEM at the command line, as the database role that reads the log and nothing else. */
export function register(program: Command): void {
  const siem = program
    .command("siem")
    .description("events for a SIEM: read them, and see how the sinks get on");
  siem
    .command("pull")
    .description("write events to standard output, in the order of the log; the pull is itself an event")
    .option("--after <index>", "go on behind this place in the log; -1 is the beginning", place, -1)
    .option("--limit <n>", "at most so many", count, Number.MAX_SAFE_INTEGER)
    .addOption(
      new Option("--format <format>", "ocsf: OCSF 1.8.0 as NDJSON; syslog: RFC 5424, one line each")
        .choices(FEED_FORMATS)
        .default("ocsf"),
    )
    .action((given: { after: number; limit: number; format: FeedFormat }) => thenClose(() => pull(given)));
  siem
    .command("status")
    .description("show how far each sink is and what went wrong last")
    .action(() => thenClose(status));
}

async function pull(given: { after: number; limit: number; format: FeedFormat }): Promise<void> {
  const { siemEnterprise: enterprise } = siemSettings();
  try {
    await pipeline(pullAsOperator({ ...given, enterprise }), process.stdout, { end: false });
  } catch (error) {
    // Whoever reads has had enough, as `head` has after its lines.
    if (!(error instanceof Error && "code" in error && error.code === "EPIPE")) throw error;
  }
}

async function status(): Promise<void> {
  const { size, sinks } = await readSinks();
  if (sinks.length === 0)
    process.stdout.write("No sink has been configured. See UNSEAL_SIEM_… in the README.\n");
  for (const sink of sinks) {
    const state = sink.removed ? "removed" : sink.problem ? `failing: ${sink.problem}` : "well";
    const words = [
      sink.name,
      sink.target,
      state,
      `next index ${sink.nextIndex} of ${size}`,
      `last delivery ${sink.deliveredAt?.toISOString() ?? "never"}`,
      `a worker looked after it ${sink.seenAt?.toISOString() ?? "never"}`,
    ];
    process.stdout.write(`${words.join("\t")}\n`);
  }
}

async function thenClose(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw error instanceof PullRefused ? new Told(error.message) : error;
  } finally {
    await closeEverything();
  }
}

function count(word: string): number {
  if (!/^[1-9]\d{0,14}$/.test(word)) throw new InvalidArgumentError("Give a whole number, 1 or more.");
  return Number(word);
}

function place(word: string): number {
  if (!/^(?:-1|\d{1,15})$/.test(word)) throw new InvalidArgumentError("Give a whole number.");
  return Number(word);
}
