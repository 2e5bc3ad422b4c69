// The local CyberTipline service as a process of its own, for the demo and for tests:
//   node scripts/ncmec/index.ts --port 4010 --folder .data/ncmec [--username demo] [--control] [--version 2025-11]
// The password is the first line of standard input, so that it stands in no list of processes.
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { SCHEMA_VERSIONS } from "../../domain/cybertip/model/versions.ts";
import { startNcmec } from "./startNcmec.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4010" },
    folder: { type: "string" },
    username: { type: "string", default: "demo" },
    control: { type: "boolean", default: false },
    version: { type: "string", default: "2025-11" },
  },
});
const input = createInterface({ input: process.stdin });
const { value: password } = await input[Symbol.asyncIterator]().next();
input.close();
const version = SCHEMA_VERSIONS.find((one) => one === values.version);
if (!values.folder || !password || !version) {
  process.stderr.write(
    `Say --folder, a --version (${SCHEMA_VERSIONS.join(", ")}), and give the password on standard input.\n`,
  );
  process.exit(2);
}
const running = await startNcmec({
  folder: values.folder,
  port: Number(values.port),
  username: values.username,
  password,
  control: values.control,
  version,
});
process.stdout.write(`${JSON.stringify({ base: running.base })}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void running.stop().then(() => process.exit(0)));
