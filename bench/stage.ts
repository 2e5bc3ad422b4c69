import { createHash, randomBytes } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { assumeSettings } from "../environment/assumeSettings.ts";
import { ensureBuilt } from "../scripts/build/ensureBuilt.ts";
import { prepareDatabase, type ReadyDatabase } from "../scripts/demo/database.ts";
import { writeDemoSettings } from "../scripts/demo/demoSettings.ts";
import { startCluster } from "../scripts/postgres/cluster.ts";
import { chooseIdentity } from "../scripts/postgres/identity.ts";
import { makeDataDir } from "../scripts/postgres/place.ts";
import { freePort } from "../scripts/postgres/port.ts";
import { removeCluster } from "../scripts/postgres/removeCluster.ts";
import { ROOT } from "../scripts/root.ts";
import { startPart } from "../scripts/serve/parts.ts";
import type { Actor } from "../server/actor.ts";

/** Where benchmarks play: a database and a production server of their own, thrown away afterwards. */
export interface Stage {
  readonly admin: Sql;
  readonly urls: ReadyDatabase["urls"];
  readonly adminUrl: string;
  readonly baseUrl: string;
  readonly say: (line: string) => void;
  end(): Promise<void>;
}

/** Builds if needed, starts PostgreSQL and the server, and settles the settings of this process on them. */
export async function openStage(say: (line: string) => void): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), "unseal-bench-"));
  await makeDataDir(dataDir, await chooseIdentity(join(dataDir, "pg", "cluster")));
  await ensureBuilt(ROOT, say, new AbortController().signal);
  say("starting PostgreSQL");
  const cluster = await startCluster({ dataDir, passing: true, durable: true, tell: say });
  const { adminUrl, urls } = await prepareDatabase(cluster);
  const port = await freePort();
  const settings = await writeDemoSettings(dataDir, urls, { host: "127.0.0.1", port });
  assumeSettings({ ...settings, LOG_LEVEL: "silent" });
  const web = startPart("web", { ...settings, LOG_LEVEL: "warn" });
  await web.ready;
  const admin = postgres(adminUrl, { max: 4, onnotice: () => {} });
  return {
    admin,
    urls,
    adminUrl,
    baseUrl: `http://127.0.0.1:${port}`,
    say,
    async end() {
      await admin.end();
      await web.stop();
      await cluster.stop();
      await removeCluster(dataDir);
    },
  };
}

/** A moderator of the queues, with an open session. */
export async function signedIn(admin: Sql, queues: readonly string[]): Promise<Actor> {
  const token = randomBytes(32).toString("hex");
  const [member] = await admin`
    select staff.create_member(${`${token.slice(0, 12)}@staff.example.org`}, 'Bench', '{moderator}', '{eu}', '{}', '{en}') as id`;
  for (const queue of queues) await admin`select staff.set_queue_membership(${member?.id}, ${queue}, true)`;
  await admin`insert into staff.sessions (staff_id, token_hash, idle_limit, expires_at)
    values (${member?.id}, ${createHash("sha256").update(token).digest()}, '1 hour', now() + interval '8 hours')`;
  return { token, ip: "127.0.0.1", userAgent: "bench", requestId: "bench", background: false };
}

/** A person of this role, in no queue, with an open session. */
export async function signedInAs(admin: Sql, role: string): Promise<Actor> {
  const actor = await signedIn(admin, []);
  await admin`update staff.members set roles = ${[role]}
    where id = (select staff_id from staff.sessions order by id desc limit 1)`;
  return { ...actor, requestId: randomBytes(8).toString("hex") };
}

/** Makes a queue with a number of open cases of spread-out severities, straight in SQL. */
export async function filledQueue(admin: Sql, name: string, cases: number): Promise<string> {
  const [queue] = await admin`insert into triage.queues (name) values (${name}) returning id`;
  const [platform] = await admin`
    insert into intake.platforms (slug, name) values (${`bench-${name}`}, ${name}) returning id`;
  await admin`
    with threads as (
      insert into triage.threads (id, platform_id, platform_thread_id, kind, region, message_count, participant_count)
      select gen_random_uuid(), ${platform?.id}, 'thread-' || i, 'direct', 'eu', 10, 2 from generate_series(1, ${cases}::int) i
      returning id)
    insert into triage.cases (thread_id, platform_id, queue_id, region, category, severity, priority, sources,
      message_count, participant_count, minor_count, due_at)
    select id, ${platform?.id}, ${queue?.id}, 'eu', 'harassment', 1 + (random() * 3)::int, 100 + (random() * 400)::int,
      array['user_report'], 10, 2, 0, now() + random() * interval '3 days' from threads`;
  await admin`analyze triage.cases`;
  return queue?.id as string;
}
