// `npm run samples -- --out DIR`: one true example of every file that leaves the product, made by the product itself, on
// a database of its own that is thrown away.
import { parseArgs } from "node:util";
import { fromWhereTheyStood } from "../../environment/startedFrom.ts";
import { startProgress } from "../progress.ts";
import { auditSamples } from "./auditSamples.ts";
import { cybertipSamples } from "./cybertipSamples.ts";
import { intakeSamples } from "./intakeSamples.ts";
import { packetSamples } from "./packetSamples.ts";
import { makeSamplesDir, type Sample, writeSample } from "./sample.ts";
import { openSamplesStage, type SamplesStage } from "./stage.ts";

/** A kind of file to a folder. Each is given the running product and yields what it saves. */
const KINDS: Record<string, (stage: SamplesStage) => AsyncGenerator<Sample>> = {
  intake: intakeSamples,
  audit: auditSamples,
  cybertip: cybertipSamples,
  packet: packetSamples,
};

const tell = startProgress();

async function samples(): Promise<number> {
  const { values } = parseArgs({ options: { out: { type: "string" }, only: { type: "string" } } });
  if (!values.out) throw new Error("Say where to: npm run samples -- --out DIR");
  const only = values.only?.split(",") ?? Object.keys(KINDS);
  const unknown = only.filter((name) => !(name in KINDS));
  if (unknown.length > 0)
    throw new Error(
      `There are no samples of ${unknown.join(", ")}. Known are: ${Object.keys(KINDS).join(", ")}.`,
    );
  const out = await makeSamplesDir(fromWhereTheyStood(values.out));
  const stage = await openSamplesStage(tell);
  try {
    for (const name of only) {
      for await (const sample of KINDS[name]?.(stage) ?? []) {
        const bytes = await writeSample(out, name, sample);
        process.stdout.write(`${name}/${sample.name}\t${bytes} bytes\t${sample.about}\n`);
      }
    }
  } finally {
    await stage.end();
  }
  return 0;
}

try {
  process.exit(await samples());
} catch (cause) {
  process.stderr.write(`\n${cause instanceof Error ? cause.message : "The samples could not be made."}\n`);
  process.exit(1);
}
