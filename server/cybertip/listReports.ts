import type { RegisterPage, RegisterQuery } from "../../contracts/cybertip.ts";
import { nextStepOf } from "../../domain/cybertip/nextStepOf.ts";
import type { Actor } from "../actor.ts";
import { call } from "../call.ts";
import { readCursor } from "../triage/cursor.ts";

/**
 * The register, newest first: metadata, and nothing of what a report says. Specialists see what they could work on; counsel
 * and compliance officers see all of it.
 *
 * @throws Refusal `wrong-role`, recorded; BadRequest `bad-cursor`
 */
export async function listReports(
  actor: Actor,
  { cursor, limit, ...filter }: RegisterQuery,
): Promise<RegisterPage> {
  const { reports, nextCursor, counts, mayWrite, service } = await call<RegisterPage>(
    actor,
    "cybertip.list_reports",
    filter,
    readCursor(cursor, "newest"),
    limit,
  );
  return {
    reports: reports.map((report) => ({ ...report, nextStep: nextStepOf(report) })),
    nextCursor,
    counts,
    mayWrite,
    service,
  };
}
