import { createHash, createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CyberTipDraft } from "../../../../domain/cybertip/draft.ts";
import type { ReportDraft } from "../../../../domain/cybertip/model/report.ts";
import { type RunningNcmec, startNcmec } from "../../../../scripts/ncmec/startNcmec.ts";
import { sealBox } from "../../../disclosure/box.ts";
import { keyProvider } from "../../../disclosure/keys/provider.ts";
import { sealSecret } from "../../../disclosure/secrets.ts";
import { keyBytes, slotBytes, textBytes } from "../../../disclosure/slots.ts";
import { makeWorld, type Person } from "../../../test/world.ts";

export const PASSWORD = "sample-password";
export const REPORTER = {
  reportingPerson: { firstName: "Sample", lastName: "Reporter", email: [{ value: "safety@example.org" }] },
} as const;

const REPORT: ReportDraft = {
  incidentSummary: {
    incidentType: "Online Enticement of Children for Sexual Acts",
    incidentDateTime: "2026-01-02T10:00:00Z",
  },
  internetDetails: [{ chatImIncident: { chatClient: "Example", content: "Placeholder ]]> extract." } }],
  personOrUserReported: [{ espIdentifier: "p-1" }],
};

/** An attachment at the platform: its bytes, or what goes wrong with them. */
export type PlatformFile = Buffer | "gone" | "changed" | "redirect" | "never ends";

/**
 * The database, the local service and a platform with attachments; approved reports as two people would leave them.
 */
export async function makeStage() {
  const world = await makeWorld();
  const folder = await mkdtemp(join(tmpdir(), "unseal-filing-"));
  const ncmec = await startNcmec({ folder, username: "sample", password: PASSWORD });
  const files = new Map<string, PlatformFile>();
  const platform = await servePlatform(files);
  const origin = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  const specialist = await world.person(["specialist"], { clearances: ["child_safety"] });
  const second = await world.person(["specialist"], { clearances: ["child_safety"] });
  await pointAt(ncmec.base);
  await world.admin`insert into cybertip.attachment_sources (platform_id, origins, inside)
    values (${world.platformId}, ${[origin]}, true)`;

  /** Points the settings at a local service, live submission on. */
  async function pointAt(base: string, password = PASSWORD): Promise<void> {
    const [row] = await world.admin`select (cybertip.show_settings() ->> 'secretId')::uuid as id`;
    const sealed = await sealSecret(row?.id, password);
    const settings = {
      environment: "local",
      base,
      username: "sample",
      reporter: REPORTER,
      password: {
        keyId: sealed.keyId,
        kekId: sealed.kekId,
        wrapped: sealed.wrapped.toString("base64"),
        box: sealed.box.toString("base64"),
      },
    };
    await world.admin`select cybertip.configure(${settings as never}::jsonb), cybertip.set_live(true)`;
  }

  return {
    world,
    ncmec,
    specialist,
    second,
    files,
    origin,
    pointAt,

    /** An approved report with these attachments, ready to be filed. */
    async approved(
      attachments: PlatformFile[] = [],
      { transcript = false, report = REPORT }: { transcript?: boolean; report?: ReportDraft } = {},
    ): Promise<{ reportId: string; threadId: string; caseId: string }> {
      const made = await world.case({ files: [] });
      const { threadId } = made;
      const refs = [];
      const key = await keyOf(threadId);
      for (const [i, file] of attachments.entries()) {
        const messageId = made.messageIds[i] as string;
        const bytes = Buffer.isBuffer(file) ? file : Buffer.from(`Placeholder file ${i}.`);
        const path = `/${randomUUID()}`;
        files.set(path, file);
        await world.admin`insert into sealed.attachments (thread_id, message_id, revision, ordinal, media_type, size_bytes,
            md5, sha256, key_id, location_ct)
          values (${threadId}, ${messageId}, 1, 0, 'image/png', ${bytes.length},
            ${createHash("md5").update(bytes).digest("hex")}, ${createHash("sha256").update(bytes).digest("hex")}, ${key.id},
            ${key.seal({ of: "location", id: messageId, ordinal: 0 }, `${origin}${path}`)})`;
        refs.push({ messageId, revision: 1, ordinal: 0 });
      }
      const draft: CyberTipDraft = {
        report,
        files: refs.map((attachment) => ({
          attachment,
          include: true,
          details: { industryClassification: "A2", fileRelevance: "Reported" },
        })),
        transcript: { include: transcript },
      };
      await world.admin`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
        values (${threadId}, ${key.id}, ${key.kekId}, ${key.wrapped})`;
      const reportId = await keepApproved(
        world,
        { caseId: made.id, threadId, draft, key },
        specialist,
        second,
      );
      return { reportId, threadId, caseId: made.id };
    },

    /** What the database has of a report. */
    async report(reportId: string) {
      const [row] = await world.admin`select r.*, k.answer as receipt from cybertip.reports r
        left join cybertip.receipts k on k.report_id = r.id where r.id = ${reportId}`;
      return row;
    },
    steps: (reportId: string) =>
      world.admin`select t.n as attempt, s.kind, s.file_no as "fileNo", s.state, s.code, s.cause, s.in_doubt as "inDoubt"
        from cybertip.steps s join cybertip.attempts t on t.id = s.attempt_id where t.report_id = ${reportId} order by t.n, s.n`,
    attempts: (reportId: string) =>
      world.admin`select n, state, ncmec_report_id as "ncmecReportId" from cybertip.attempts where report_id = ${reportId} order by n`,

    async end() {
      await ncmec.stop();
      platform.closeAllConnections();
      platform.close();
      await world.end();
      await rm(folder, { recursive: true });
    },
  };
}
export type Stage = Awaited<ReturnType<typeof makeStage>>;
export type { RunningNcmec };

interface ThreadKey {
  readonly id: string;
  readonly kekId: string;
  readonly wrapped: Buffer;
  seal(slot: Parameters<typeof slotBytes>[2], text: string): Buffer;
}

async function keyOf(threadId: string): Promise<ThreadKey> {
  const id = randomUUID();
  const dataKey = randomBytes(32);
  const { kekId, wrapped } = await keyProvider().wrap(dataKey, keyBytes(threadId, id));
  const key = createSecretKey(dataKey);
  return {
    id,
    kekId,
    wrapped,
    seal: (slot, text) => sealBox(key, textBytes(text), slotBytes(threadId, id, slot)),
  };
}

/** A report as it stands when one specialist has handed it in and another has approved it. */
async function keepApproved(
  { admin, platformId }: Awaited<ReturnType<typeof makeWorld>>,
  made: { caseId: string; threadId: string; draft: CyberTipDraft; key: ThreadKey },
  writer: Person,
  approver: Person,
): Promise<string> {
  const digest = randomBytes(32);
  const { caseId, threadId, draft, key } = made;
  const [row] =
    await admin`insert into cybertip.reports (case_id, thread_id, platform_id, region, kind, started_by, due_at)
    values (${caseId}, ${threadId}, ${platformId}, 'eu', 'report', ${writer.id}, now() + interval '1 day') returning id`;
  const reportId = row?.id as string;
  await admin`insert into cybertip.revisions (report_id, revision, digest, errors, warnings, high_priority, view_id, saved_by, session_id)
    values (${reportId}, 1, ${digest}, 0, 0, false, ${randomUUID()}, ${writer.id}, ${writer.sessionId})`;
  for (const [i, { attachment }] of draft.files.entries())
    await admin`insert into cybertip.revision_files (report_id, revision, file_no, thread_id, message_id, message_revision, ordinal, included)
      values (${reportId}, 1, ${i + 1}, ${threadId}, ${attachment.messageId}, 1, 0, true)`;
  await admin`insert into sealed.cybertip_drafts (thread_id, report_id, revision, key_id, draft_ct)
    values (${threadId}, ${reportId}, 1, ${key.id},
      ${key.seal({ of: "cybertip", id: reportId, revision: 1 }, JSON.stringify(draft))})`;
  await admin`update cybertip.reports set state = 'approved', revision = 1, handed_in_by = ${writer.id}, handed_in_at = now(),
      approved_revision = 1, approved_digest = ${digest}, approved_by = ${approver.id}, approved_at = now() where id = ${reportId}`;
  return reportId;
}

async function servePlatform(files: ReadonlyMap<string, PlatformFile>): Promise<Server> {
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    if (file === "redirect") response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    else if (file === "never ends") response.write("x");
    else if (file === "changed") response.end("Placeholder file X.");
    else if (Buffer.isBuffer(file)) response.end(file);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
