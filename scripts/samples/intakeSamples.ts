import { syntheticFlags } from "../../db/seed/syntheticFlags.ts";
import type { Sample } from "./sample.ts";
import type { SamplesStage } from "./stage.ts";

const FLAGS = "/api/intake/v1/flags";
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** What platforms send and what they are answered, and the description of both. */
export async function* intakeSamples(stage: SamplesStage): AsyncGenerator<Sample> {
  const send = (type: string, body: string) =>
    fetch(new URL(FLAGS, stage.baseUrl), {
      method: "POST",
      headers: { authorization: `Bearer ${stage.platformKey}`, "content-type": type },
      body,
    });
  const described = await fetch(new URL("/api/openapi.json", stage.baseUrl));
  yield {
    name: "openapi.json",
    about: "the intake API in OpenAPI 3.1",
    data: json(await described.json()),
  };

  const [flag, ...more] = syntheticFlags({
    seed: 4,
    threads: 4,
    now: Date.now(),
    prefix: "sample",
    messages: 6,
    regions: ["eu"],
  });
  if (!flag) throw new Error("No flag was made up.");
  yield {
    name: "flag-example.json",
    about: "one flag with its thread, as a platform sends it",
    data: json(flag),
  };
  const first = await send("application/json", JSON.stringify(flag));
  yield { name: "receipt.json", about: `the answer to it (${first.status})`, data: json(await first.json()) };
  const again = await send("application/json", JSON.stringify(flag));
  yield {
    name: "receipt-of-a-repeat.json",
    about: `the answer to the very same again (${again.status}, Unseal-Replayed: ${again.headers.get("unseal-replayed")})`,
    data: json(await again.json()),
  };

  const lines = [...more, { ...flag, severity: "unheard-of" }]
    .map((one) => `${JSON.stringify(one)}\n`)
    .join("");
  yield { name: "flags-example.ndjson", about: "a stream of flags, the last of them wrong", data: lines };
  const stream = await send("application/x-ndjson", lines);
  yield {
    name: "receipts.ndjson",
    about: `the answer to it, line by line (${stream.status})`,
    data: await stream.text(),
  };
  const wrong = await send("application/json", JSON.stringify({ ...flag, severity: "unheard-of" }));
  yield {
    name: "problem.json",
    about: `a refusal, RFC 9457 (${wrong.status})`,
    data: json(await wrong.json()),
  };
}
