import type { ResultLine, SummaryLine } from "../../contracts/intake.ts";
import type { Problem } from "../../contracts/problem.ts";
import { log } from "../log/logger.ts";
import { acceptBatch, type Outcome } from "./acceptBatch.ts";
import { batchLines } from "./batchLines.ts";
import { problemOf } from "./intakeProblem.ts";
import type { PlatformActor } from "./platformActor.ts";
import { prepareLines, type ReadLine } from "./prepareLines.ts";
import type { Line } from "./readLines.ts";
import { tallyRefusals } from "./tally.ts";

export interface StreamOptions {
  readonly platformId: string;
  /** Answer refused lines and the summary alone (`Prefer: return=minimal`, RFC 7240). */
  readonly minimal: boolean;
  readonly stallMs?: number;
}

/** What happened next: a batch was read, a batch was stored, the stream is at its end or came to grief. */
type Event =
  | { readonly read: readonly Line[] }
  | { readonly stored: Buffer; readonly failed?: Problem }
  | { readonly ended: true; readonly failed?: Problem };

/**
 * Takes in a stream of flags, one a line, and answers line by line, then with a summary. While a batch is in the database
 * the next is read and sealed; nothing more is held than these two, however long the stream. Where the reader stops
 * taking answers, nothing more is read.
 *
 * @param body bytes of the stream, unpacked
 * @returns pieces of the answer
 */
export async function* receiveStream(
  actor: PlatformActor,
  body: AsyncIterable<Uint8Array>,
  options: StreamOptions,
): AsyncGenerator<Buffer> {
  const started = performance.now();
  const tally = tallyRefusals(actor);
  const counts = { lines: 0, accepted: 0, refused: 0 };
  const batches = batchLines(body, options.stallMs);

  const answer = (read: readonly ReadLine[], outcomes: readonly Outcome[]): Buffer => {
    let text = "";
    let at = 0;
    for (const one of read) {
      const outcome = "problem" in one ? one : (outcomes[at++] as Outcome);
      counts.lines++;
      if ("receipt" in outcome) counts.accepted++;
      else counts.refused++;
      if (options.minimal && "receipt" in outcome) continue;
      const line: ResultLine =
        "receipt" in outcome
          ? { line: one.number, status: 201, receipt: outcome.receipt }
          : { line: one.number, status: outcome.problem.status, problem: outcome.problem };
      text += `${JSON.stringify(line)}\n`;
    }
    return Buffer.from(text);
  };

  // Neither of these two rejects: each is waited for at leisure, and a failure is an event like any other.
  const readNext = async (): Promise<Event> => {
    try {
      const batch = await batches.next();
      return batch.done ? { ended: true } : { read: batch.value };
    } catch (error) {
      return { ended: true, failed: problemOf(error) };
    }
  };
  const store = async (read: readonly ReadLine[]): Promise<Event> => {
    const prepared = read.flatMap((one) => ("prepared" in one ? [one.prepared] : []));
    try {
      return { stored: answer(read, await acceptBatch(actor, prepared)) };
    } catch (error) {
      const problem = problemOf(error);
      return {
        stored: answer(
          read,
          prepared.map(() => ({ problem })),
        ),
        failed: problem,
      };
    }
  };

  let failed: Problem | undefined;
  let recorded = false;
  try {
    let reading: Promise<Event> | undefined = readNext();
    let storing: Promise<Event> | undefined;
    while (reading || storing) {
      let event = (await Promise.race([storing, reading].filter((one) => one !== undefined))) as Event;
      if ("read" in event) {
        const read = await prepareLines(options.platformId, event.read);
        for (const one of read) if ("problem" in one) await tally.count(one.problem.code);
        reading = undefined;
        if (storing) {
          event = await storing;
          storing = undefined;
          if ("stored" in event) {
            failed ??= event.failed;
            if (event.stored.length > 0) yield event.stored;
          }
        }
        if (failed) break;
        storing = store(read);
        reading = readNext();
      } else if ("stored" in event) {
        storing = undefined;
        failed ??= event.failed;
        if (event.stored.length > 0) yield event.stored;
        if (failed) break;
      } else {
        reading = undefined;
        failed ??= event.failed;
      }
    }
    recorded = true;
    await tally.record();
  } catch (error) {
    log.error("intake.stream_failed", { error });
    failed ??= problemOf(error);
  } finally {
    batches.return(undefined).catch(() => {});
    // Reached without the line above when whoever reads the answer has gone.
    if (!recorded) await tally.record().catch(() => {});
    log.info("intake.stream", {
      platformId: options.platformId,
      count: counts.lines,
      refused: counts.refused,
      ms: Math.round(performance.now() - started),
      code: failed?.code,
    });
  }
  const summary: SummaryLine = {
    summary: { ...counts, complete: failed === undefined, ...(failed ? { problem: failed } : {}) },
  };
  yield Buffer.from(`${JSON.stringify(summary)}\n`);
}
