import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import type { CyberTipDraft } from "../domain/cybertip/draft.ts";
import { chatIncident } from "../domain/cybertip/transcript/chatIncident.ts";
import { newSealer, type Sealer } from "../server/disclosure/seal.ts";

const AT_ONCE = 500;

/** An attempt at filing, held for as long as a benchmark lasts. */
export interface HeldAttempt {
  readonly attemptId: string;
  readonly token: string;
}

/** A thread with an approved report of it that is being filed: as many messages and attachments as told, straight in SQL. */
export async function reportBeingFiled(
  admin: Sql,
  { messages, files }: { readonly messages: number; readonly files: number },
): Promise<HeldAttempt> {
  const ids = await makeThread(admin, messages);
  const pointers = await makeFiles(admin, ids, files);
  return makeReport(admin, ids, await makeDraft(ids, messages, pointers));
}

interface Ids {
  readonly thread: string;
  readonly caseId: string;
  readonly platform: string;
  readonly staff: string;
  readonly session: string;
  readonly people: readonly string[];
  readonly messages: readonly string[];
  readonly sealer: Sealer;
}

const bodyOf = (i: number) =>
  `Placeholder ${i}: a message of the usual length, with some <marks> & 😀 in it.`;
const sentAt = (i: number) => new Date(Date.UTC(2026, 0, 1) + i * 1000);

async function makeThread(admin: Sql, count: number): Promise<Ids> {
  const [thread, caseId, platform] = [randomUUID(), randomUUID(), randomUUID()];
  const people = [randomUUID(), randomUUID()];
  const messages = Array.from({ length: count }, () => randomUUID());
  const sealer = await newSealer(thread);
  const tag = randomBytes(4).toString("hex");
  await admin`insert into intake.platforms (id, slug, name) values (${platform}, ${`bench-${tag}`}, 'Bench')`;
  const [queue] = await admin`insert into triage.queues (name) values (${`CyberTip ${tag}`}) returning id`;
  const [member] = await admin`
    select staff.create_member(${`${tag}@staff.example.org`}, 'Bench', '{specialist}', '{eu}', '{child_safety}', '{en}') as id`;
  const [session] = await admin`insert into staff.sessions (staff_id, token_hash, idle_limit, expires_at)
    values (${member?.id}, ${randomBytes(32)}, '1 hour', now() + interval '8 hours') returning id`;
  await admin`insert into triage.threads (id, platform_id, platform_thread_id, kind, region, message_count, participant_count)
    values (${thread}, ${platform}, ${`t-${tag}`}, 'direct', 'eu', ${count}, 2)`;
  await keep(admin, thread, sealer);
  for (const [i, id] of people.entries())
    await admin`insert into sealed.participants (thread_id, id, platform_participant_id, ordinal, key_id, identity_ct, identity_mac, age_band)
      values (${thread}, ${id}, ${`p-${i}`}, ${i + 1}, ${sealer.keyId},
        ${sealer.identity(id, { handle: `account-${i}`, displayName: null })}, '', 'adult')`;
  for (let from = 0; from < count; from += AT_ONCE) {
    const rows = messages.slice(from, from + AT_ONCE).map((id, k) => ({
      thread_id: thread,
      id,
      platform_message_id: `m-${from + k}`,
      sender_id: people[(from + k) % 2] as string,
      sent_at: sentAt(from + k),
      kind: "text",
      key_id: sealer.keyId,
      body_ct: sealer.message(id, bodyOf(from + k)),
      content_mac: Buffer.alloc(0),
    }));
    await admin`insert into sealed.messages ${admin(rows)}`;
  }
  await admin`insert into triage.cases (id, thread_id, platform_id, queue_id, region, category, severity, restricted_subject, priority,
      sources, message_count, participant_count, minor_count, due_at)
    values (${caseId}, ${thread}, ${platform}, ${queue?.id}, 'eu', 'child_safety', 2, 'child_safety', 200, '{user_report}', ${count}, 2, 0,
      now() + interval '1 day')`;
  return {
    thread,
    caseId,
    platform,
    staff: member?.id as string,
    session: session?.id as string,
    people,
    messages,
    sealer,
  };
}

async function makeFiles(admin: Sql, { thread, messages, sealer }: Ids, count: number): Promise<string[]> {
  const carriers = messages.slice(0, count);
  const hash = (name: string, id: string) => createHash(name).update(id).digest("hex");
  await admin`insert into sealed.attachments ${admin(
    carriers.map((id) => ({
      thread_id: thread,
      message_id: id,
      revision: 1,
      ordinal: 0,
      media_type: "image/png",
      size_bytes: 48_000,
      md5: hash("md5", id),
      sha256: hash("sha256", id),
      key_id: sealer.keyId,
      location_ct: sealer.location(id, 0, `https://cdn.example.org/${id}`),
    })),
  )}`;
  return carriers;
}

async function makeDraft(
  { people, sealer: _ }: Ids,
  messages: number,
  carriers: readonly string[],
): Promise<CyberTipDraft> {
  const thread = { id: "t", product: "Bench", participants: [] };
  const { incident } = await chatIncident(
    thread,
    Array.from({ length: messages }, (_, i) => ({
      id: `m-${i}`,
      senderId: people[i % 2] as string,
      sentAt: sentAt(i),
      kind: "text",
      body: bodyOf(i),
      editedAt: null,
      deletedAt: null,
      flagged: i % 100 === 0,
      attachments: [],
    })),
  );
  return {
    report: {
      incidentSummary: {
        incidentType: "Online Enticement of Children for Sexual Acts",
        incidentDateTime: sentAt(0).toISOString(),
      },
      internetDetails: [{ chatImIncident: incident }],
      personOrUserReported: [{ espIdentifier: "p-0" }],
    },
    files: carriers.map((messageId) => ({
      attachment: { messageId, revision: 1, ordinal: 0 },
      include: true,
      details: {
        fileRelevance: "Reported",
        uploadedToEspTimestamp: sentAt(0).toISOString(),
        originalFileHash: [
          { hashType: "SHA256", value: createHash("sha256").update(messageId).digest("hex") },
        ],
      },
    })),
    transcript: { include: true },
  };
}

async function makeReport(admin: Sql, ids: Ids, draft: CyberTipDraft): Promise<HeldAttempt> {
  const [reportId, attemptId, token] = [randomUUID(), randomUUID(), randomUUID()];
  const digest = createHash("sha256").update(JSON.stringify(draft)).digest();
  const [approver] = await admin`
    select staff.create_member(${`${token.slice(0, 8)}@staff.example.org`}, 'Bench', '{specialist}', '{eu}', '{child_safety}', '{en}') as id`;
  const reporter = { reportingPerson: { email: [{ value: "reporter@example.org" }] } };
  await admin`update cybertip.settings set reporter = ${reporter as never}`;
  await admin`insert into cybertip.reports (id, case_id, thread_id, platform_id, region, kind, started_by, due_at)
    values (${reportId}, ${ids.caseId}, ${ids.thread}, ${ids.platform}, 'eu', 'report', ${ids.staff}, now() + interval '1 day')`;
  await admin`insert into cybertip.revisions (report_id, revision, digest, errors, warnings, high_priority, view_id, saved_by, session_id)
    values (${reportId}, 1, ${digest}, 0, 0, false, ${randomUUID()}, ${ids.staff}, ${ids.session})`;
  await admin`insert into cybertip.revision_files ${admin(
    draft.files.map(({ attachment }, i) => ({
      report_id: reportId,
      revision: 1,
      file_no: i + 1,
      thread_id: ids.thread,
      message_id: attachment.messageId,
      message_revision: 1,
      ordinal: 0,
      included: true,
    })),
  )}`;
  const sealer = await newSealer(ids.thread);
  await keep(admin, ids.thread, sealer);
  await admin`insert into sealed.cybertip_drafts (thread_id, report_id, revision, key_id, draft_ct)
    values (${ids.thread}, ${reportId}, 1, ${sealer.keyId}, ${sealer.draft(reportId, 1, JSON.stringify(draft))})`;
  await admin`update cybertip.reports set state = 'filing', way = 'live', environment = 'local', revision = 1, approved_revision = 1,
      approved_digest = ${digest}, handed_in_by = ${ids.staff}, approved_by = ${approver?.id}, approved_at = now()
    where id = ${reportId}`;
  await admin`insert into cybertip.attempts (id, report_id, n, environment, schema_version, revision, digest, lease_token, leased_until)
    values (${attemptId}, ${reportId}, 1, 'local', '2025-11', 1, ${digest}, ${token}, now() + interval '1 hour')`;
  return { attemptId, token };
}

async function keep(admin: Sql, thread: string, { keyId, kekId, wrapped }: Sealer): Promise<void> {
  await admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped) values (${thread}, ${keyId}, ${kekId}, ${wrapped})`;
}
