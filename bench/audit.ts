import postgres, { type Sql } from "postgres";
import { closeEverything } from "../environment/shutdown.ts";
import type { Actor } from "../server/actor.ts";
import { writeCursor } from "../server/audit/eventCursor.ts";
import { exportEvents } from "../server/audit/exportEvents.ts";
import { filledLog } from "./filledLog.ts";
import { atLeast, atMost, type Figure, inTurn } from "./harness.ts";
import { expectStatus } from "./httpClient.ts";
import { type Stage, signedInAs } from "./stage.ts";

const EVENTS = 300_000;
const ROUNDS = 100;
const MIB = 1024 * 1024;

/** The officer's log: its pages against an empty handler and against each other, and its export against a bare SELECT. */
export async function benchAudit({ admin, urls, baseUrl, say }: Stage): Promise<Figure[]> {
  say(`filling the log with ${EVENTS.toLocaleString("en-GB")} events`);
  const log = await filledLog(admin, EVENTS, { leaves: true });
  const officer = await signedInAs(admin, "compliance_officer");
  const page = (query = "", { token }: Actor = officer) =>
    expectStatus(200, `${baseUrl}/api/audit/events?limit=50${query}`, { token });
  const empty = () => expectStatus(200, `${baseUrl}/api/health/live`);

  say("pages of the log");
  const figures = [
    atMost(
      "audit page of 50 over HTTP, against an empty handler",
      await inTurn(ROUNDS, () => page(), empty),
      5,
    ),
  ];
  const day = 86_400_000;
  const [from, until] = [-12, -11].map((days) => new Date(Date.now() + days * day).toISOString());
  const filters = {
    "90 % deep": `&cursor=${writeCursor(log.deep)}`,
    "of what was denied": "&outcome=denied",
    "of one action": "&action=case.decided",
    "of one person": `&actor=${log.busy}`,
    "of one person and an act they never did": `&actor=${log.busy}&action=intake.flag_accepted`,
    "of one person and a purpose": `&actor=${log.busy}&purpose=user_report_review`,
    "of one case": `&case=${log.caseId}`,
    "of one day": `&from=${from}&until=${until}`,
  };
  for (const [name, query] of Object.entries(filters)) {
    const times = await inTurn(
      ROUNDS,
      () => page(query),
      () => page(),
    );
    figures.push(atMost(`audit page ${name}, against the first of all`, times, 1.2));
  }
  const moderator = await signedInAs(admin, "moderator");
  const own = await inTurn(
    ROUNDS,
    () => page("", moderator),
    () => page(),
  );
  figures.push(atMost("audit page of one's own acts, against an officer's", own, 1.2));

  say("exports");
  return [...figures, ...(await benchExport(admin, urls.web, officer))];
}

/** Events a second against the same rows by a bare cursor of the same role, and how memory grows with the file. */
async function benchExport(admin: Sql, webUrl: string, officer: Actor): Promise<Figure[]> {
  const bare = postgres(webUrl, { max: 1 });
  const rates = { work: [] as number[], floor: [] as number[] };
  let file = 0;
  let growth = 0;
  try {
    const [total] = await admin`select count(*)::int as n from audit.events`;
    for (const format of ["csv", "ndjson", "csv"] as const) {
      const start = performance.now();
      const before = process.memoryUsage.rss();
      file = 0;
      for await (const piece of (await exportEvents(officer, { format })).pieces) {
        file += Buffer.byteLength(piece);
        growth = Math.max(growth, process.memoryUsage.rss() - before);
      }
      rates.work.push(((total?.n ?? 0) * 1000) / (performance.now() - start));
      rates.floor.push(await bareRate(bare, officer.token ?? ""));
    }
  } finally {
    await bare.end();
    await closeEverything();
  }
  const [grown, whole] = [growth / MIB, file / MIB];
  return [
    atLeast(
      "events exported a second, against a bare cursor of the same role over the same rows",
      rates,
      1 / 5,
    ),
    {
      name: "memory that an export takes, against the file it writes",
      unit: "MiB",
      p50: grown,
      p95: grown,
      floor: whole,
      ratio: grown / whole,
      bar: "≤ 0.5",
      ok: grown / whole <= 0.5,
    },
  ];
}

async function bareRate(bare: Sql, token: string): Promise<number> {
  const start = performance.now();
  let rows = 0;
  await bare.begin("read only", async (tx) => {
    await tx`select set_config('unseal.token', ${token}, true)`;
    const cursor = tx`select e.*, l.leaf from audit.events e left join audit.every_leaf l on l.event_id = e.id order by e.id`;
    for await (const batch of cursor.cursor(1000)) rows += batch.length;
  });
  return (rows * 1000) / (performance.now() - start);
}
