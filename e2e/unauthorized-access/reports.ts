import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { join } from "node:path";
import { assumeSettings } from "../../environment/assumeSettings.ts";
import { newSealer } from "../../server/disclosure/seal.ts";
import { admin } from "../support/admin.ts";
import { call } from "../support/http.ts";
import { target } from "../target.ts";
import { type Bearer, openView, type Scene } from "./scene.ts";

/** How far a report has come. */
export type Stage = "started" | "draft" | "waiting" | "approved" | "filed";

export interface Report {
  readonly reportId: string;
  readonly caseId: string;
  /** Of its only revision; empty before there is one. */
  readonly digest: string;
  readonly writer: Bearer;
  readonly approver: Bearer;
}

/** A draft that NCMEC would take, about nothing. */
export const A_DRAFT = {
  report: {
    incidentSummary: {
      incidentType: "Online Enticement of Children for Sexual Acts",
      incidentDateTime: "2026-01-01T00:00:00Z",
    },
    internetDetails: [{ chatImIncident: { chatClient: "Sample Messenger" } }],
    personOrUserReported: [{ espIdentifier: "placeholder-account" }],
  },
  files: [],
  transcript: { include: true },
};

/** A reason of its own: letters, since one that differs in a number alone counts as the same. */
const aReason = () =>
  `Working on the report of this thread: ${randomBytes(8)
    .toString("hex")
    .replace(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)))}.`;

/** Opens the case's thread for its report. @returns the view's id */
export const openForReport = (by: Bearer, caseId: string): Promise<string> =>
  openView(by, caseId, { purpose: "child_safety_report", scope: "whole_thread", reason: aReason() });

async function must(method: string, path: string, by: Bearer, body?: object): Promise<string> {
  const answer = await call(method, path, { cookie: by.cookie, ...(body ? { body } : {}) });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer.text;
}

/**
 * Brings a report as far as it is told, by two specialists of its own. Live submission is off and the settings say who
 * reports, as an administrator of the machine sees to.
 */
export async function aReport(scene: Scene, stage: Stage): Promise<Report> {
  const reporter = { reportingPerson: { firstName: "Sample", email: [{ value: "reporter@example.org" }] } };
  await admin()`update cybertip.settings set live = false, reporter = ${reporter as never}`;
  const [writer, approver] = [await scene.bearer(["specialist"]), await scene.bearer(["specialist"])];
  const { caseId } = await scene.arrive();
  const start = await must("POST", `/api/cases/${caseId}/cybertips`, writer, { kind: "report" });
  const { reportId } = JSON.parse(start) as { reportId: string };
  const at = `/api/cybertips/${reportId}`;
  const report = { reportId, caseId, digest: "", writer, approver };
  if (stage === "started") return report;

  const viewId = await openForReport(writer, caseId);
  const { digest } = JSON.parse(
    await must("PUT", `${at}/draft`, writer, { viewId, revision: 0, draft: A_DRAFT }),
  ) as { digest: string };
  const written = { ...report, digest };
  if (stage === "draft") return written;

  await must("POST", `${at}/hand-in`, writer, { revision: 1 });
  if (stage === "waiting") return written;

  await readIt(approver, written);
  await must("POST", `${at}/approve`, approver, { revision: 1, digest });
  if (stage === "approved") return written;

  await takenOut(written);
  await must("POST", `${at}/filed-by-hand`, writer, filedByHand());
  return written;
}

/** Reads the newest revision, as an approver must. */
export async function readIt(by: Bearer, { reportId, caseId }: Report): Promise<void> {
  await must("POST", `/api/cybertips/${reportId}/draft/read`, by, {
    viewId: await openForReport(by, caseId),
  });
}

/** Takes the approved report out, so that it can be filed by hand. */
export async function takenOut({ reportId, writer }: Report): Promise<void> {
  await must("POST", `/api/cybertips/${reportId}/export`, writer, { reason: aReason() });
}

/** What is recorded of a filing by hand, under a number of its own. */
export const filedByHand = () => ({
  ncmecReportId: String(randomInt(1, 2 ** 45)),
  filedAt: new Date().toISOString(),
});

/** Counsel asks for the destruction of a filed report's thread. */
export async function destructionAsked(scene: Scene): Promise<Report> {
  const report = await aReport(scene, "filed");
  const counsel = await scene.bearer(["legal_counsel"]);
  await must("POST", `/api/cybertips/${report.reportId}/destruction`, counsel, A_DESTRUCTION);
  return report;
}
export const A_DESTRUCTION = { reference: "Order 12/2026", reason: "Asked for by the officer in charge." };

/** What the service said to a call that it refused, as a worker keeps it. @returns the step's id */
export async function keptAnswer({ reportId, digest }: Report): Promise<string> {
  const [attemptId, stepId] = [randomUUID(), randomUUID()];
  await admin()`insert into cybertip.attempts (id, report_id, n, environment, schema_version, revision, digest, state, ended_at)
    values (${attemptId}, ${reportId}, 1, 'test', '2025-11', 1, ${Buffer.from(digest, "hex")}, 'gone', now())`;
  await admin()`insert into cybertip.steps (id, attempt_id, n, kind, state, lease_token, ended_at)
    values (${stepId}, ${attemptId}, 1, 'submit', 'refused', ${randomUUID()}, now())`;
  const [row] = await admin()<{ id: string }[]>`
    select thread_id as id from cybertip.reports where id = ${reportId}`;
  const threadId = row?.id as string;
  assumeSettings({ UNSEAL_KEY_FILE: join(target().dataDir, "demo-keys.json") });
  const sealer = await newSealer(threadId);
  await admin()`insert into sealed.thread_keys (thread_id, key_id, kek_id, wrapped)
    values (${threadId}, ${sealer.keyId}, ${sealer.kekId}, ${sealer.wrapped})`;
  await admin()`insert into sealed.cybertip_answers (thread_id, step_id, key_id, answer_ct)
    values (${threadId}, ${stepId}, ${sealer.keyId}, ${sealer.answer(stepId, "Placeholder answer of the service.")})`;
  return stepId;
}
