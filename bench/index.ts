// `npm run bench [-- --json] [--only name] [--messages n]`: every claim of speed, each against its own floor in the same run.
import { parseArgs } from "node:util";
import { benchAudit } from "./audit.ts";
import { benchCybertip } from "./cybertip.ts";
import { benchDecision } from "./decision.ts";
import { benchDesk } from "./desk.ts";
import { benchDisclosure } from "./disclosure.ts";
import type { Figure } from "./harness.ts";
import { benchIntake } from "./intake.ts";
import { benchLog } from "./log.ts";
import { benchPacket } from "./packet.ts";
import { benchQueuePage } from "./queuePage.ts";
import { openStage, type Stage } from "./stage.ts";

const BENCHES: Record<string, (stage: Stage) => Promise<Figure[]>> = {
  intake: benchIntake,
  disclosure: benchDisclosure,
  decision: benchDecision,
  queue: benchQueuePage,
  audit: benchAudit,
  desk: benchDesk,
  log: benchLog,
  cybertip: benchCybertip,
  packet: benchPacket,
};

const { values } = parseArgs({
  options: { json: { type: "boolean" }, only: { type: "string" }, messages: { type: "string" } },
});
const chosen = Object.keys(BENCHES).filter((name) => !values.only || values.only.split(",").includes(name));
if (chosen.length === 0) {
  process.stderr.write(`There is no such benchmark. Known are: ${Object.keys(BENCHES).join(", ")}.\n`);
  process.exit(2);
}

const stage = await openStage((line) => process.stderr.write(`  ${line}\n`));
const figures: Figure[] = [];
try {
  for (const name of chosen) {
    for (const figure of (await BENCHES[name]?.(stage)) ?? []) {
      figures.push(figure);
      process.stdout.write(values.json ? `${JSON.stringify(figure)}\n` : `${line(figure)}\n`);
    }
  }
} finally {
  await stage.end();
}
const missed = figures.filter((figure) => !figure.ok).length;
if (!values.json) process.stdout.write(`\n${figures.length - missed} of ${figures.length} bars kept.\n`);
process.exit(missed === 0 ? 0 : 1);

function line(f: Figure): string {
  const number = (n: number) => (n >= 100 ? n.toFixed(0) : n.toFixed(2));
  return [
    f.ok ? "ok    " : "MISSED",
    f.name,
    `p50 ${number(f.p50)} ${f.unit}, p95 ${number(f.p95)}, floor ${number(f.floor)}, ratio ${f.ratio.toFixed(2)} (${f.bar})`,
  ].join("  ");
}
