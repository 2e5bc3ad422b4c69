import type { z } from "zod";
import { openViewResult } from "../../contracts/disclosure.ts";
import { caseDetail, claimNextResult, queueList } from "../../contracts/triage.ts";
import { exportAsOperator } from "../../server/audit/exportAsOperator.ts";
import { feedSamples } from "./feedSamples.ts";
import { logSamples } from "./logSamples.ts";
import type { Sample } from "./sample.ts";
import type { Caller, SamplesStage } from "./stage.ts";

const REASONS = [
  "Checking the reported messages for threats before the deadline.",
  // What a spreadsheet would run: the sample shows how it leaves.
  '=HYPERLINK("https://example.org","press") was in the report: checking whether it is fraud.',
];

/** The audit log as files: an officer's export from the console, and the operator's at the command line. */
export async function* auditSamples(stage: SamplesStage): AsyncGenerator<Sample> {
  await workForAWhile(await stage.as("moderator"));
  const officer = await stage.as("compliance_officer");
  for (const format of ["csv", "ndjson"] as const) {
    const answer = await officer(`/api/audit/export?format=${format}`);
    yield {
      name: `events.${format}`,
      about: "the log as a compliance officer exports it",
      data: Buffer.from(await answer.arrayBuffer()),
    };
  }
  const views = await officer("/api/audit/export?format=csv&action=view.opened");
  yield {
    name: "views.csv",
    about: "the same, filtered to the views that were opened",
    data: Buffer.from(await views.arrayBuffer()),
  };
  const parts: string[] = [];
  for await (const piece of (await exportAsOperator({ format: "ndjson" })).pieces) parts.push(piece);
  yield {
    name: "operator.ndjson",
    about: "the log as `unseal audit export` writes it: ids, no names of people",
    data: parts.join(""),
  };
  yield* feedSamples();
  yield* logSamples();
}

/** A few cases claimed, opened, read and decided, and one request that is refused. */
async function workForAWhile(moderator: Caller): Promise<void> {
  const { queues } = await ask(moderator, queueList, "/api/queues");
  let worked = 0;
  for (const queue of queues) {
    const { caseId } = await ask(moderator, claimNextResult, `/api/queues/${queue.id}/claim-next`, {});
    if (!caseId) continue;
    const { presetPurpose: purpose } = await ask(moderator, caseDetail, `/api/cases/${caseId}`);
    const reason = REASONS[worked % REASONS.length];
    const { viewId } = await ask(moderator, openViewResult, `/api/cases/${caseId}/views`, {
      purpose,
      reason,
    });
    await moderator(`/api/views/${viewId}/read`, { method: "POST" });
    await moderator(`/api/views/${viewId}/close`, { method: "POST" });
    const decision = { outcome: "no_violation", action: "none", note: "Placeholder note of the samples." };
    await moderator(`/api/cases/${caseId}/decisions`, { method: "POST", body: decision });
    if (++worked === 4) break;
  }
  if (worked === 0) throw new Error("The moderator found no case to work on.");
  // Refused, as it must be: a denial belongs into the sample.
  const refused = await moderator("/api/audit/export?format=csv").catch(() => null);
  if (refused) throw new Error("A moderator was given the log.");
}

/** Calls the API and checks the answer's form: a GET without a body, a POST with one. */
async function ask<S extends z.ZodType>(
  as: Caller,
  shape: S,
  path: string,
  body?: object,
): Promise<z.output<S>> {
  const answer = await as(path, body && { method: "POST", body });
  return shape.parse(await answer.json());
}
