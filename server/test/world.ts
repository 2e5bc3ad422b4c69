import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { type TestDatabase, testDatabase } from "../../db/test/database.ts";
import type { Role } from "../../domain/vocabulary.ts";
import { closeEverything } from "../../environment/shutdown.ts";
import type { Actor } from "../actor.ts";
import { createKeyRing } from "../disclosure/keys/keyRing.ts";
import { newSealer } from "../disclosure/seal.ts";

/** A staff member with an open session. */
export interface Person {
  readonly id: string;
  readonly sessionId: string;
  readonly actor: Actor;
}

/** A case on a thread of messages, of which some are flagged. */
export interface Case {
  readonly id: string;
  readonly threadId: string;
  readonly messageIds: readonly string[];
}

/**
 * A database with a key ring, a platform and one queue for tests of the verbs. Arranging is done as the administrator;
 * acting is left to the product's own roles.
 *
 * @param given a database of the test's own making, where the one that all tests share will not do
 */
export async function makeWorld(given?: TestDatabase) {
  const database = given ?? (await testDatabase());
  const folder = await mkdtemp(join(tmpdir(), "unseal-world-"));
  const keyFile = join(folder, "keys.json");
  await createKeyRing(keyFile);
  Object.assign(process.env, {
    DATABASE_URL: database.urls.web,
    INTAKE_DATABASE_URL: database.urls.intake,
    WORKER_DATABASE_URL: database.urls.worker,
    AUDIT_DATABASE_URL: database.urls.audit,
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    NEXTAUTH_SECRET: randomBytes(48).toString("base64"),
    UNSEAL_KEY_FILE: keyFile,
    LOG_LEVEL: "silent",
  });
  const admin = postgres(database.adminUrl, { max: 4, onnotice: () => {} });
  const platformId = randomUUID();
  await admin`insert into intake.platforms (id, slug, name) values (${platformId}, 'example-platform', 'Example')`;
  const queueId = await makeQueue(admin, "General");

  return {
    admin,
    urls: database.urls,
    adminUrl: database.adminUrl,
    keyFile,
    platformId,
    queueId,

    /** Makes a staff member, a member of the queues, with a session. */
    async person(
      roles: Role[],
      { queues = [queueId], regions = ["eu"], clearances = [] as string[], idle = "15 minutes" } = {},
    ): Promise<Person> {
      const email = `${randomUUID()}@staff.example.org`;
      const [made] = await admin`
        select staff.create_member(${email}, ${`Person ${email.slice(0, 8)}`}, ${roles}, ${regions}, ${clearances}, '{en}') as id`;
      const id = made?.id as string;
      for (const queue of queues) await admin`select staff.set_queue_membership(${id}, ${queue}, true)`;
      return { id, ...(await openSession(admin, id, idle)) };
    },

    /** Opens one more session for a person. */
    session: (staffId: string) => openSession(admin, staffId, "15 minutes"),

    queue: (name: string, options: QueueOptions = {}) => makeQueue(admin, name, options),

    /** Makes a case as intake would: a thread whose messages are sealed, and one flag on the middle message. */
    async case({
      bodies = Array.from({ length: 20 }, (_, i) => `Placeholder message ${i + 1}.`),
      queue = queueId,
      region = "eu",
      source = "user_report",
      flagged = [Math.floor(bodies.length / 2)],
      restrictedSubject = null as string | null,
      words = "Placeholder words of the reporter." as string | null,
      accounts = ["p-0", "p-1"],
      files = [] as number[],
    } = {}): Promise<Case> {
      return makeCase(admin, platformId, {
        bodies,
        queue,
        region,
        source,
        flagged,
        restrictedSubject,
        words,
        accounts,
        files,
      });
    },

    /** Events of one action, newest first. */
    events: (action: string) => admin`select * from audit.events where action = ${action} order by id desc`,

    async end() {
      await closeEverything();
      await admin.end();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

interface QueueOptions {
  region?: string | null;
  restrictedSubject?: string | null;
  escalatesTo?: string | null;
}

async function makeQueue(admin: Sql, name: string, options: QueueOptions = {}): Promise<string> {
  const [row] = await admin`
    insert into triage.queues (name, region, restricted_subject, escalates_to)
    values (${name}, ${options.region ?? null}, ${options.restrictedSubject ?? null}, ${options.escalatesTo ?? null})
    returning id`;
  return row?.id as string;
}

async function openSession(admin: Sql, staffId: string, idle: string): Promise<Omit<Person, "id">> {
  const token = randomBytes(32).toString("hex");
  const [row] = await admin`
    insert into staff.sessions (staff_id, token_hash, idle_limit, expires_at)
    values (${staffId}, ${createHash("sha256").update(token).digest()}, ${idle}::interval, now() + interval '8 hours')
    returning id`;
  return {
    sessionId: row?.id as string,
    actor: { token, ip: "192.0.2.7", userAgent: "test", requestId: randomUUID(), background: false },
  };
}

interface CaseOptions {
  bodies: string[];
  queue: string;
  region: string;
  source: string;
  flagged: number[];
  restrictedSubject: string | null;
  words: string | null;
  /** The platform's ids of the two participants. */
  accounts: string[];
  /** Places of messages that carry a file each. */
  files: number[];
}

async function makeCase(admin: Sql, platformId: string, options: CaseOptions): Promise<Case> {
  const threadId = randomUUID();
  const people = [randomUUID(), randomUUID()];
  const sealer = await newSealer(threadId);
  const messageIds = options.bodies.map(() => randomUUID());
  const flagId = randomUUID();
  await admin`insert into triage.threads (id, platform_id, platform_thread_id, kind, region, message_count, participant_count)
    values (${threadId}, ${platformId}, ${`t-${threadId}`}, 'direct', ${options.region}, ${messageIds.length}, 2)`;
  await admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${threadId}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
  for (const [i, id] of people.entries()) {
    const identity = sealer.identity(id, { handle: `account-${i}`, displayName: `Example ${i}` });
    await admin`insert into sealed.participants (thread_id, id, platform_participant_id, ordinal, key_id, identity_ct, identity_mac, age_band)
      values (${threadId}, ${id}, ${options.accounts[i] ?? `p-${i}`}, ${i + 1}, ${sealer.keyId}, ${identity}, '', 'adult')`;
  }
  const start = Date.UTC(2026, 0, 1);
  for (const [i, body] of options.bodies.entries()) {
    const id = messageIds[i] as string;
    await admin`insert into sealed.messages (thread_id, id, platform_message_id, sender_id, sent_at, kind, key_id, body_ct, content_mac)
      values (${threadId}, ${id}, ${`m-${i}`}, ${people[i % 2] as string}, ${new Date(start + i * 60_000)}, 'text',
        ${sealer.keyId}, ${sealer.message(id, body)}, '')`;
  }
  for (const i of options.files) {
    const id = messageIds[i] as string;
    await admin`insert into sealed.attachments (thread_id, message_id, revision, ordinal, media_type, size_bytes, key_id, location_ct)
      values (${threadId}, ${id}, 1, 0, 'image/png', 1000, ${sealer.keyId},
        ${sealer.location(id, 0, `https://files.example.org/${i}`)})`;
  }
  const [made] = await admin`
    insert into triage.cases (thread_id, platform_id, queue_id, region, category, severity, restricted_subject, priority,
      sources, message_count, participant_count, minor_count, due_at)
    values (${threadId}, ${platformId}, ${options.queue}, ${options.region}, 'harassment', 2, ${options.restrictedSubject},
      200, ${[options.source]}, ${messageIds.length}, 2, 0, now() + interval '1 day') returning id`;
  const caseId = made?.id as string;
  await admin`insert into triage.flags (id, platform_id, platform_flag_id, thread_id, case_id, source, category, severity,
      reporter_id, has_words, flagged_message_ids, request_mac, joined_case, new_message_count)
    values (${flagId}, ${platformId}, ${`f-${flagId}`}, ${threadId}, ${caseId}, ${options.source}, 'harassment', 2,
      ${people[0] as string}, ${options.words !== null}, ${options.flagged.map((i) => messageIds[i] as string)},
      '', false, ${messageIds.length})`;
  if (options.words !== null) {
    await admin`insert into sealed.flag_words (thread_id, flag_id, key_id, words_ct)
      values (${threadId}, ${flagId}, ${sealer.keyId}, ${sealer.words(flagId, options.words)})`;
  }
  return { id: caseId, threadId, messageIds };
}
