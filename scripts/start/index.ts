// `npm start`: serves with a PostgreSQL of the operator's own. Embedded PostgreSQL plays no part here.
import { checkSettings } from "../../environment/checkSettings.ts";
import { loadEnvFile } from "../../environment/envFile.ts";
import { SettingsError } from "../../environment/problem.ts";
import {
  commonSettings,
  intakeSettings,
  listenSettings,
  sequencerSettings,
  webSettings,
  workerSettings,
} from "../../environment/settings.ts";
import { checkDatabases } from "../../server/startup/checkDatabase.ts";
import { ensureBuilt } from "../build/ensureBuilt.ts";
import { isFree } from "../postgres/port.ts";
import { untilStopped } from "../process/untilStopped.ts";
import { startProgress } from "../progress.ts";
import { ROOT } from "../root.ts";
import { keepUp } from "../serve/keepUp.ts";
import { type Part, startPart } from "../serve/parts.ts";
import { requirements } from "./requirements.ts";

const tell = startProgress();
const stopping = new AbortController();
const parts: Part[] = [];

async function start(): Promise<number> {
  const file = loadEnvFile(ROOT);
  if (file !== undefined) tell(`settings from ${file}`);
  const { serve } = commonSettings();
  checkSettings(requirements(serve));
  const problems = await checkDatabases({
    ...(serve.includes("web") && { web: webSettings().databaseUrl }),
    ...(serve.includes("intake") && { intake: intakeSettings().intakeDatabaseUrl }),
    ...(serve.includes("worker") && {
      worker: workerSettings().workerDatabaseUrl,
      audit: sequencerSettings().auditDatabaseUrl,
    }),
  });
  if (problems.length > 0) throw new SettingsError(problems);
  tell("settings and database roles are fit to serve");

  const listens = serve.includes("web") || serve.includes("intake");
  const { host, port } = listenSettings();
  if (listens) {
    if (!(await isFree(port, host)))
      throw new Error(
        `Port ${port} of ${host} is taken. Set PORT to another one, or stop what listens there.`,
      );
    await ensureBuilt(ROOT, tell, stopping.signal);
  }
  if (stopping.signal.aborted) return 0;
  if (listens) parts.push(keepUp(() => startPart("web"), tell));
  if (serve.includes("worker")) parts.push(keepUp(() => startPart("worker"), tell));
  await Promise.all(parts.map(({ ready }) => ready));
  tell(
    listens
      ? `serving on http://${host.includes(":") ? `[${host}]` : host}:${port} (${serve.join(", ")})`
      : "working",
  );

  // One part without the other is half a product: when one does not stay up, all end, and a process manager starts anew.
  const first = await Promise.race(parts.map((part) => part.ended.then(() => part.name)));
  if (stopping.signal.aborted) return 0;
  tell(`the ${first} process does not stay up; stopping`);
  return 1;
}

untilStopped(() => {
  stopping.abort();
  for (const part of parts) void part.stop();
});

let code: number;
try {
  code = await start();
} catch (cause) {
  code = stopping.signal.aborted ? 0 : 1;
  if (code !== 0)
    process.stderr.write(
      `\nUnseal does not start:\n${cause instanceof Error ? cause.message : "unknown cause"}\n`,
    );
}
await Promise.all(parts.map((part) => part.stop()));
process.exit(code);
