import { LIMITS } from "../../domain/intake/limits.ts";
import { acceptBatch, type Outcome } from "./acceptBatch.ts";
import { STALL_MS } from "./batchLines.ts";
import { IntakeRefusal, intakeProblem } from "./intakeProblem.ts";
import { parseFlag } from "./parseFlag.ts";
import type { PlatformActor } from "./platformActor.ts";
import { prepareFlag } from "./prepareFlag.ts";
import { tallyRefusals } from "./tally.ts";

/**
 * Takes in one flag.
 *
 * @param body bytes of one JSON text, unpacked
 * @returns its receipt, or what is wrong with it (the refusal is in the audit log)
 * @throws IntakeRefusal when the body cannot be read, or when the database is away
 */
export async function receiveOne(
  actor: PlatformActor,
  platformId: string,
  body: AsyncIterable<Uint8Array>,
): Promise<Outcome> {
  const outcome = await check(platformId, body);
  if ("problem" in outcome) {
    const tally = tallyRefusals(actor);
    await tally.count(outcome.problem.code);
    await tally.record();
    return outcome;
  }
  const [accepted] = await acceptBatch(actor, [outcome.prepared]);
  if (!accepted) throw new IntakeRefusal("failure");
  return accepted;
}

async function check(platformId: string, body: AsyncIterable<Uint8Array>) {
  let bytes: Buffer;
  try {
    bytes = await readWhole(body);
  } catch (error) {
    if (error instanceof IntakeRefusal) return { problem: intakeProblem(error.code) };
    return { problem: intakeProblem("stream-broken") };
  }
  if (bytes.length === 0) return { problem: intakeProblem("body-missing") };
  const parsed = parseFlag(bytes, Date.now());
  return "problem" in parsed ? parsed : { prepared: await prepareFlag(platformId, parsed.flag, 0) };
}

async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const source = body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const deadline = AbortSignal.timeout(STALL_MS);
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener("abort", () => reject(new IntakeRefusal("stalled")), { once: true });
  });
  late.catch(() => {});
  try {
    for (;;) {
      const chunk = await Promise.race([source.next(), late]);
      if (chunk.done) return Buffer.concat(chunks);
      size += chunk.value.length;
      if (size > LIMITS.flagBytes) throw new IntakeRefusal("too-large");
      chunks.push(chunk.value);
    }
  } finally {
    source.return?.()?.catch(() => {});
  }
}
