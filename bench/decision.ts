import type { decideCase } from "../server/triage/decideCase.ts";
import { atMost, type Figure, inTurn } from "./harness.ts";
import { expectStatus } from "./httpClient.ts";
import { filledQueue, type Stage, signedIn } from "./stage.ts";

const ROUNDS = 300;

/** A decision with its audit event and leaf, over HTTP, against an empty handler. */
export async function benchDecision({ admin, baseUrl, say }: Stage): Promise<Figure[]> {
  say("decisions");
  const queue = await filledQueue(admin, "decisions", ROUNDS * 2);
  const { token } = await signedIn(admin, [queue]);
  const [member] = await admin`select staff_id, id from staff.sessions order by id desc limit 1`;
  const cases = await admin<{ id: string }[]>`
    update triage.cases set claimed_by = ${member?.staff_id}, claimed_session = ${member?.id}, claimed_at = now(),
      claim_expires_at = now() + interval '1 hour' where queue_id = ${queue} returning id`;
  const decision: Parameters<typeof decideCase>[2] = {
    outcome: "no_violation",
    action: "none",
    policyId: null,
    note: null,
  };
  let next = 0;
  const decide = () =>
    expectStatus(201, `${baseUrl}/api/cases/${cases[next++]?.id}/decisions`, {
      method: "POST",
      token,
      body: decision,
    });
  const empty = () => expectStatus(200, `${baseUrl}/api/health/live`);
  return [
    atMost(
      "decision with audit event over HTTP, against an empty handler",
      await inTurn(ROUNDS, decide, empty),
      2.5,
    ),
  ];
}
