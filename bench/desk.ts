import type { Sql } from "postgres";
import { filledLog } from "./filledLog.ts";
import { type Figure, percentile, timed } from "./harness.ts";
import { expectStatus } from "./httpClient.ts";
import { type Stage, signedInAs } from "./stage.ts";

const [FEW, MANY] = [100_000, 10_000_000];
const ROUNDS = 60;
const BAR = 3;

/** The compliance desk's three main queries with ten million events, each against itself with a hundred thousand. */
export async function benchDesk({ admin, baseUrl, say }: Stage): Promise<Figure[]> {
  const few = await measured(FEW);
  const many = await measured(MANY);
  return Object.entries(many).map(([name, times]) => {
    const floor = percentile(few[name] ?? [], 95);
    const p95 = percentile(times, 95);
    return {
      name: `${name}, with 10,000,000 events against 100,000 (both p95)`,
      unit: "ms",
      p50: percentile(times, 50),
      p95,
      floor,
      ratio: p95 / floor,
      bar: `≤ ${BAR}`,
      ok: p95 / floor <= BAR,
    };
  });

  async function measured(count: number): Promise<Record<string, number[]>> {
    say(`filling the log with ${count.toLocaleString("en-GB")} events`);
    await admin`truncate audit.events, audit.pending_leaves, access.views, access.view_ends`;
    const log = await filledLog(admin, count, { leaves: false, views: true });
    await placeCase(admin, log.caseId);
    const officer = await signedInAs(admin, "compliance_officer");
    const queries: Record<string, string> = {
      "who read a thread": `/api/audit/threads/${log.caseId}`,
      "what a staff member read and did": `/api/audit/staff/${log.busy}`,
      "a filtered page of the log": `/api/audit/events?limit=50&actor=${log.busy}&action=view.opened&outcome=done`,
    };
    say("asking");
    const times = Object.fromEntries(Object.keys(queries).map((name) => [name, [] as number[]]));
    for (let round = -6; round < ROUNDS; round++) {
      for (const [name, path] of Object.entries(queries)) {
        const ms = await timed(() => expectStatus(200, `${baseUrl}${path}`, officer));
        if (round >= 0) times[name]?.push(ms);
      }
    }
    return times;
  }
}

/** The case and thread of the log's middle as rows of their own: the desk goes from a thread to its cases. */
async function placeCase(admin: Sql, id: string): Promise<void> {
  await admin`with platform as (
      insert into intake.platforms (slug, name) values (${`bench-desk-${Date.now()}`}, 'Bench') returning id),
    queue as (insert into triage.queues (name) values (${`Desk ${id}`}) returning id),
    thread as (
      insert into triage.threads (id, platform_id, platform_thread_id, kind, region, message_count, participant_count)
      select ${id}, id, ${id}, 'direct', 'eu', 10, 2 from platform on conflict do nothing returning id)
    insert into triage.cases (id, thread_id, platform_id, queue_id, region, category, severity, priority, sources,
        message_count, participant_count, minor_count, due_at)
      select ${id}, thread.id, platform.id, queue.id, 'eu', 'harassment', 2, 200, array['user_report'], 10, 2, 0, now()
        from platform, queue, thread`;
}
