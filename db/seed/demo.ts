import { randomBytes } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { postFlags } from "../../cli/postFlags.ts";
import { writePrivately } from "../../environment/writePrivately.ts";
import { newPlatformKey } from "../../server/intake/newPlatformKey.ts";
import { createMember, setPassword, setQueueMembership } from "../../server/staff/operator.ts";
import { seedGovernance } from "./demoGovernance.ts";
import { demoKeyFile } from "./demoKeyFile.ts";
import { seedLegal } from "./demoLegal.ts";
import { DEMO_POLICIES } from "./demoPolicies.ts";
import { DEMO_QUEUES } from "./demoQueues.ts";
import { DEMO_STAFF, type DemoMember } from "./demoStaff.ts";
import { syntheticFlags } from "./syntheticFlags.ts";

/** The demo's platform. That it is there says that this database was made for a demo. */
export const DEMO_PLATFORM = "unseal-demo-chat";
const PLATFORM = { slug: DEMO_PLATFORM, name: "Example Chat (demo)" } as const;
const THREADS = 300;

export interface DemoAccount {
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/**
 * Fills an empty database with made-up staff, queues and policies, and sends made-up flags through the real HTTP intake
 * of a running server. May be called again after it was interrupted: what is there stays, passwords are drawn anew.
 *
 * @param adminUrl of the database's administrator
 * @param baseUrl of the running server
 * @param dataDir where the platform's key is left for `unseal import` (mode 0600); left out, it is kept nowhere
 * @returns who can sign in; each password is random and shown by the caller once
 * @throws when the database holds staff that is not the demo's: a seed never runs on a real one
 */
export async function seedDemo(options: {
  readonly adminUrl: string;
  readonly baseUrl: string;
  readonly dataDir?: string;
  /** Where the demo's platform keeps its files; a reserved name, from which nothing comes, unless told. */
  readonly filesOrigin?: string | undefined;
  readonly onProgress?: (line: string) => void;
}): Promise<DemoAccount[]> {
  const tell = options.onProgress ?? (() => {});
  const sql = postgres(options.adminUrl, { max: 1, onnotice: () => {} });
  try {
    const since = await markAsDemo(sql);
    const queues = await makeQueues(sql);
    await makePolicies(sql);
    const accounts: DemoAccount[] = [];
    for (const member of DEMO_STAFF) accounts.push(await makeMember(sql, member, queues));
    tell(`${accounts.length} accounts, ${queues.size} queues, ${DEMO_POLICIES.length} policies`);
    const key = await makeKey(sql);
    if (options.dataDir !== undefined) await writePrivately(demoKeyFile(options.dataDir), `${key}\n`);
    await sendFlags(options, key, since, tell);
    const [platform] = await sql<
      { id: string }[]
    >`select id from intake.platforms where slug = ${PLATFORM.slug}`;
    if (platform) {
      await seedGovernance(sql, platform.id);
      await seedLegal(sql, platform.id, PLATFORM.slug);
    }
    return accounts;
  } finally {
    await sql.end();
  }
}

/** @returns when the demo began, in milliseconds: made-up messages are dated by it, so that a repeat is a repeat */
async function markAsDemo(sql: Sql): Promise<number> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('unseal.demo'))`;
    const [found] = await tx<{ made: Date }[]>`
      select created_at as made from intake.platforms where slug = ${PLATFORM.slug}`;
    if (found) return found.made.getTime();
    const [held] = await tx<{ held: boolean }[]>`
      select exists (select from staff.members) or exists (select from triage.cases)
          or exists (select from intake.platforms) as held`;
    if (held?.held)
      throw new Error(
        "This database holds staff, cases or platforms that are not the demo's. The demo fills empty databases only.",
      );
    await tx`select intake.add_platform(${PLATFORM.slug}, ${PLATFORM.name})`;
    const [made] = await tx<{ made: Date }[]>`
      select created_at as made from intake.platforms where slug = ${PLATFORM.slug}`;
    return (made as { made: Date }).made.getTime();
  }) as Promise<number>;
}

async function makeQueues(sql: Sql): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  await sql.begin(async (tx) => {
    for (const [place, queue] of DEMO_QUEUES.entries()) {
      const [row] = await tx<{ id: string }[]>`
        insert into triage.queues (name, category, region, restricted_subject, position)
        values (${queue.name}, ${queue.category ?? null}, ${queue.region ?? null}, ${queue.restrictedSubject ?? null},
                ${(place + 1) * 10})
        on conflict (name) do update set position = excluded.position returning id`;
      ids.set(queue.name, (row as { id: string }).id);
    }
    for (const queue of DEMO_QUEUES) {
      if (queue.escalatesTo)
        await tx`update triage.queues set escalates_to = ${ids.get(queue.escalatesTo) ?? null}
          where id = ${ids.get(queue.name) ?? null}`;
      for (const route of queue.routes) {
        const rank = route.category && route.region ? 10 : route.category ? 20 : route.region ? 30 : 100;
        await tx`
          insert into triage.queue_routes (category, region, queue_id, rank)
          values (${route.category ?? null}, ${route.region ?? null}, ${ids.get(queue.name) ?? null}, ${rank})
          on conflict do nothing`;
      }
    }
  });
  return ids;
}

async function makePolicies(sql: Sql): Promise<void> {
  for (const { code, category, title, guidance } of DEMO_POLICIES)
    await sql`insert into triage.policies (code, title, guidance, category)
      values (${code}, ${title}, ${guidance}, ${category}) on conflict (code, version) do nothing`;
}

async function makeMember(
  sql: Sql,
  member: DemoMember,
  queues: ReadonlyMap<string, string>,
): Promise<DemoAccount> {
  const { role, name, email } = member;
  const [known] = await sql<{ id: string }[]>`select id from staff.members where email = ${email}`;
  const id = known?.id ?? (await createMember(sql, { ...member, roles: [role] }));
  for (const queue of member.queues) {
    const queueId = queues.get(queue);
    const [there] =
      await sql`select from triage.queue_members where staff_id = ${id} and queue_id = ${queueId ?? null}`;
    if (queueId && !there) await setQueueMembership(sql, id, queueId, true);
  }
  // An auditor from outside reads a given range.
  if (role === "auditor")
    await sql`update staff.members set reads_from = now() - interval '1 day', reads_until = now() + interval '90 days'
      where id = ${id} and reads_from is null`;
  const password = randomBytes(15).toString("base64url");
  await setPassword(sql, id, password);
  return { role, name, email, password };
}

/** A key of this run's own; those of earlier runs are revoked. */
async function makeKey(sql: Sql): Promise<string> {
  const { key, hash } = newPlatformKey();
  const old = await sql<{ id: string }[]>`
    select id from intake.list_keys(${PLATFORM.slug}) where revoked_at is null`;
  await sql`select intake.add_key(${PLATFORM.slug}, 'demo', ${hash}, null)`;
  for (const { id } of old) await sql`select intake.revoke_key(${id})`;
  return key;
}

async function sendFlags(
  { baseUrl, filesOrigin }: { readonly baseUrl: string; readonly filesOrigin?: string | undefined },
  key: string,
  since: number,
  tell: (line: string) => void,
): Promise<void> {
  let done = 0;
  let wrong: string | undefined;
  const flags = syntheticFlags({
    seed: 20_260_301,
    threads: THREADS,
    now: since,
    secondFlags: 0.12,
    prefix: "demo",
    ...(filesOrigin !== undefined && { filesOrigin }),
  });
  const summary = await postFlags({
    baseUrl,
    key,
    flags,
    onResult: (result) => {
      if ("problem" in result) wrong ??= `line ${result.line}: ${result.problem.title}`;
      if (++done % 100 === 0) tell(`${done} flags sent`);
    },
  });
  if (!summary.complete || summary.refused > 0)
    throw new Error(
      `Of ${summary.lines} flags of the demo ${summary.refused} were refused (${wrong ?? summary.problem?.title}).`,
    );
  tell(`${summary.accepted} flags in ${THREADS} threads`);
}
