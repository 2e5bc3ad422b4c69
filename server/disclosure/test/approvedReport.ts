import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CyberTipDraft } from "../../../domain/cybertip/draft.ts";
import type { Case, Person, World } from "../../test/world.ts";
import { newSealer } from "../seal.ts";
import { sealSecret } from "../secrets.ts";

/** A platform's file server: what it gives can be changed while it runs. */
export async function platformFiles() {
  const files = new Map<string, Buffer>();
  const seen: { path: string; token: string | undefined }[] = [];
  let answerWith: number | null = null;
  const server: Server = createServer((request, response) => {
    seen.push({ path: request.url ?? "", token: request.headers.authorization });
    const file = files.get(request.url ?? "");
    if (answerWith !== null) response.writeHead(answerWith, { location: "http://169.254.169.254/" }).end();
    else if (!file) response.writeHead(404).end();
    else response.writeHead(200, { "content-length": file.length }).end(file);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    seen,
    /** Every answer from now on is this status; null for the files again. */
    answer(status: number | null) {
      answerWith = status;
    },
    async end() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
export type PlatformFiles = Awaited<ReturnType<typeof platformFiles>>;

/** Names the platform's origin, with a token, as the administrator of the machine does. */
export async function nameSource(world: World, origin: string, inside = true): Promise<void> {
  const [row] = await world.admin`
    insert into cybertip.attachment_sources (platform_id, origins, inside) values (${world.platformId}, ${[origin]}, ${inside})
    on conflict (platform_id) do update set origins = excluded.origins, inside = excluded.inside returning secret_id`;
  const id = row?.secret_id as string;
  const token = await sealSecret(id, "Bearer placeholder-token");
  await world.admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${id}, ${token.keyId}, ${token.kekId}, ${token.wrapped})`;
  await world.admin`update cybertip.attachment_sources set token_key = ${token.keyId}, token_ct = ${token.box}
    where platform_id = ${world.platformId}`;
}

/** Gives a message's attachment its bytes: on the platform, and as intake would have recorded them. */
export async function giveFile(
  world: World,
  platform: PlatformFiles,
  found: Case,
  messageIndex: number,
  { size = 1000, hashed = true } = {},
): Promise<{ messageId: string; bytes: Buffer; path: string }> {
  const messageId = found.messageIds[messageIndex] as string;
  const bytes = randomBytes(size);
  const path = `/media/${messageId}`;
  platform.files.set(path, bytes);
  const sealer = await newSealer(found.threadId);
  await world.admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${found.threadId}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
  const hash = (name: string) => createHash(name).update(bytes).digest("hex");
  await world.admin`update sealed.attachments set size_bytes = ${size}, md5 = ${hashed ? hash("md5") : null},
      sha256 = ${hashed ? hash("sha256") : null}, key_id = ${sealer.keyId},
      location_ct = ${sealer.location(messageId, 0, `${platform.origin}${path}`)}
    where thread_id = ${found.threadId} and message_id = ${messageId}`;
  return { messageId, bytes, path };
}

export const REPORTER = {
  reportingPerson: { firstName: "Sample", email: [{ value: "reporter@example.org" }] },
};

/** A report of a case that two people stand behind, as it lies in the database once it is approved. */
export async function approvedReport(
  world: World,
  found: Case,
  people: { readonly writer: Person; readonly approver: Person },
  {
    files = [] as number[],
    transcript = true,
    leftOut = [] as number[],
    supplements = null as string | null,
    report = {} as CyberTipDraft["report"],
  } = {},
): Promise<{ reportId: string; digest: Buffer }> {
  const { admin, platformId } = world;
  await admin`update cybertip.settings set reporter = ${REPORTER as never}, changed_at = clock_timestamp()`;
  const reportId = randomUUID();
  const draft: CyberTipDraft = {
    report: {
      incidentSummary: {
        incidentType: "Online Enticement of Children for Sexual Acts",
        incidentDateTime: "2026-01-01T00:10:00Z",
      },
      ...report,
    },
    files: [...files, ...leftOut].map((i) => ({
      attachment: { messageId: found.messageIds[i] as string, revision: 1, ordinal: 0 },
      include: !leftOut.includes(i),
      ...(leftOut.includes(i) ? { reason: "Not about the incident." } : {}),
      details: { fileRelevance: "Reported" },
    })),
    transcript: { include: transcript },
  };
  const digest = createHash("sha256").update(JSON.stringify(draft)).digest();
  const { writer, approver } = people;
  await admin`insert into cybertip.reports (id, case_id, thread_id, platform_id, region, kind, supplements, started_by, due_at)
    values (${reportId}, ${found.id}, ${found.threadId}, ${platformId}, 'eu', ${supplements ? "supplement" : "report"},
      ${supplements}, ${writer.id}, clock_timestamp() + interval '1 day')`;
  await admin`insert into cybertip.revisions (report_id, revision, digest, errors, warnings, high_priority, transcript, view_id,
      saved_by, session_id) values (${reportId}, 1, ${digest}, 0, 0, false, ${transcript}, ${randomUUID()}, ${writer.id},
      ${writer.sessionId})`;
  for (const [i, file] of draft.files.entries())
    await admin`insert into cybertip.revision_files (report_id, revision, file_no, thread_id, message_id, message_revision, ordinal,
        included, reason) values (${reportId}, 1, ${i + 1}, ${found.threadId}, ${file.attachment.messageId}, 1, 0, ${file.include},
        ${file.reason ?? null})`;
  const sealer = await newSealer(found.threadId);
  await admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${found.threadId}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
  await admin`insert into sealed.cybertip_drafts (thread_id, report_id, revision, key_id, draft_ct)
    values (${found.threadId}, ${reportId}, 1, ${sealer.keyId}, ${sealer.draft(reportId, 1, JSON.stringify(draft))})`;
  await admin`update cybertip.reports set state = 'approved', revision = 1, approved_revision = 1, approved_digest = ${digest},
      handed_in_by = ${writer.id}, handed_in_at = clock_timestamp(), approved_by = ${approver.id}, approved_at = clock_timestamp()
    where id = ${reportId}`;
  return { reportId, digest };
}

/** Begins an attempt at filing it, held for a minute. */
export async function attemptOf(
  world: World,
  { reportId, digest }: { readonly reportId: string; readonly digest: Buffer },
): Promise<{ attemptId: string; token: string }> {
  const [attemptId, token] = [randomUUID(), randomUUID()];
  await world.admin`update cybertip.reports set state = 'filing', way = 'live', environment = 'local' where id = ${reportId}`;
  await world.admin`insert into cybertip.attempts (id, report_id, n, environment, schema_version, revision, digest, lease_token,
      leased_until) values (${attemptId}, ${reportId}, 1, 'local', '2025-11', 1, ${digest}, ${token},
      clock_timestamp() + interval '1 minute')`;
  return { attemptId, token };
}
