// The way in: `node scripts/bootstrap.mjs demo|start|test|bench|samples|unseal [args]`.
//
// Runs on Node 20 or newer with nothing installed: makes sure the packages are there, then hands over to the real
// script under Node 24, which an npm package carries. Plain JavaScript without dependencies for that reason.
import { resolve } from "node:path";
import { ensureInstalled } from "./bootstrap/install.mjs";
import { findRuntime } from "./bootstrap/runtime.mjs";
import { supervise } from "./bootstrap/supervise.mjs";

const root = resolve(import.meta.dirname, "..");

// `prod` needs what serves, `full` also what tests.
const commands = {
  demo: { script: "scripts/demo/index.ts", packages: "prod" },
  start: { script: "scripts/start/index.ts", packages: "prod" },
  test: { script: "scripts/test/index.ts", packages: "full" },
  bench: { script: "bench/index.ts", packages: "full" },
  samples: { script: "scripts/samples/index.ts", packages: "full" },
  unseal: { script: "cli/index.ts", packages: "prod" },
};

const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
if (!command) {
  console.error(`usage: node scripts/bootstrap.mjs ${Object.keys(commands).join("|")} [args]`);
  process.exit(2);
}

try {
  await ensureInstalled(root, command.packages);
  const runtime = findRuntime(root);
  // Where the person stood, so that `unseal import messages.csv` means the file next to them. npm sets it too.
  const environment = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() };
  process.exitCode = await supervise(runtime, [resolve(root, command.script), ...args], {
    cwd: root,
    env: environment,
  });
} catch (cause) {
  console.error(`\n${cause instanceof Error ? cause.message : cause}`);
  process.exit(1);
}
