import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FeedWorld, feedWorld, until } from "../server/siem/test/feedWorld.ts";
import { syslogReceiver } from "../server/siem/test/syslogReceiver.ts";

const ROOT = join(import.meta.dirname, "..");

let world: FeedWorld;
let receiver: Awaited<ReturnType<typeof syslogReceiver>>;
beforeAll(async () => {
  world = await feedWorld();
  receiver = await syslogReceiver(world.own);
});
afterAll(async () => {
  await receiver.close();
  await world.close();
});

/** A process of the product, with the settings of an operator and no others. */
function start(script: string, args: string[], settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ADMIN_DATABASE_URL: world.adminUrl, LOG_LEVEL: "info", ...settings },
  });
}

async function run(args: string[], settings: Record<string, string> = {}) {
  const child = start("cli/index.ts", args, settings);
  let [out, err] = ["", ""];
  child.stdout?.on("data", (piece) => (out += piece));
  child.stderr?.on("data", (piece) => (err += piece));
  const [code] = (await once(child, "close")) as [number];
  return { code, out, err };
}

test("the worker sends to the sinks of its settings, and ends when it is told to", async () => {
  const worker = start("scripts/serve/worker.ts", [], {
    UNSEAL_SIEM_SYSLOG_URL: `tls://127.0.0.1:${receiver.port}`,
    UNSEAL_SIEM_CA_FILE: world.credentials.caFile,
  });
  await once(worker, "message");
  const size = await world.events(40);
  await until(async () => new Set(receiver.places()).size >= size);
  worker.kill("SIGTERM");
  const [code] = await once(worker, "close");
  expect(code).toBe(0);
  expect((await world.acts("siem.sink_configured"))[0]?.detail).toMatchObject({
    sink: "syslog",
    target: `127.0.0.1:${receiver.port}`,
  });
  const told = await run(["siem", "status"]);
  expect(told).toMatchObject({ code: 0, err: "" });
  expect(told.out).toMatch(/^syslog\t127\.0\.0\.1:\d+\twell\tnext index \d+ of \d+\t/);
}, 180_000);

test("a worker whose settings are halves of what belongs together does not start", async () => {
  const worker = start("scripts/serve/worker.ts", [], {
    UNSEAL_SIEM_CLIENT_CERT_FILE: world.credentials.caFile,
  });
  let err = "";
  worker.stderr?.on("data", (piece) => (err += piece));
  const [code] = await once(worker, "close");
  expect(code).not.toBe(0);
  expect(err).toContain("UNSEAL_SIEM_CLIENT_KEY_FILE are not given together");
}, 60_000);

test("a pull ends without a word when whoever reads it has had enough", async () => {
  await world.events(3_000);
  const child = start("cli/index.ts", ["siem", "pull"], {});
  let err = "";
  child.stderr?.on("data", (piece) => (err += piece));
  child.stdout?.once("data", () => child.stdout?.destroy());
  const [code] = (await once(child, "exit")) as [number];
  expect({ code, err }).toEqual({ code: 0, err: "" });
}, 60_000);

test("the operator makes, lists and revokes keys, and pulls events, at the command line", async () => {
  const made = await run([
    "siem-keys",
    "create",
    "--label",
    "Example",
    "--expires",
    "30d",
    "--from-index",
    "2",
  ]);
  expect(made).toMatchObject({ code: 0, err: "" });
  const id = made.out.slice(0, 36);
  expect(made.out).toMatch(/key, shown this once: unf_[\w-]{43}\n$/);
  expect((await run(["siem-keys", "list"])).out).toContain(`${id}\tExample\tfeed:read\tuntil `);
  expect(await run(["siem-keys", "revoke", id])).toMatchObject({ code: 0, out: "Revoked.\n" });
  expect(await run(["siem-keys", "revoke", id])).toMatchObject({ code: 1 });

  const pulled = await run(["siem", "pull", "--after", "4", "--limit", "3"]);
  expect(pulled).toMatchObject({ code: 0, err: "" });
  const lines = pulled.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map((line) => line.metadata.sequence)).toEqual([5, 6, 7]);
  const beyond = await run(["siem", "pull", "--after", "1000000"]);
  expect(beyond).toMatchObject({ code: 1, out: "", err: expect.stringContaining("none has index 1000000") });
  expect(await run(["siem", "pull", "--limit", "-1"])).toMatchObject({ code: 1, out: "" });
  const syslog = await run(["siem", "pull", "--format", "syslog", "--limit", "1"], {
    UNSEAL_SIEM_ENTERPRISE_NUMBER: "99999",
  });
  expect(syslog.out).toMatch(/^<\d+>1 .*\[unseal@99999 .*logIndex="0"/);
}, 180_000);
