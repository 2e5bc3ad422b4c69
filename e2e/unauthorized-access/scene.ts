import type { FlagInput } from "../../contracts/intake.ts";
import type { Role } from "../../domain/vocabulary.ts";
import { admin } from "../support/admin.ts";
import { exampleFlag } from "../support/flags.ts";
import { type Answer, call, jsonOf } from "../support/http.ts";
import { makePlatform, type Platform } from "../support/platform.ts";
import { makeQueue, route } from "../support/queues.ts";
import { signIn } from "../support/session.ts";
import { hire, type Member } from "../support/staff.ts";

/** A staff member who is signed in. */
export interface Bearer {
  readonly member: Member;
  readonly cookie: string;
}

/** A case that arrived through intake. */
export interface Arrived {
  readonly caseId: string;
  readonly flag: FlagInput;
}

/** One queue with everything that a handler can be called with. */
export interface Scene {
  readonly queue: string;
  readonly platform: Platform;
  arrive(options?: Parameters<typeof exampleFlag>[0]): Promise<Arrived>;
  /** Hires somebody who works in the queue, and signs them in. */
  bearer(roles: readonly Role[], place?: Parameters<typeof hire>[1]): Promise<Bearer>;
}

/** Makes a queue that takes what is flagged as `other` in the EU, and a platform that sends to it. */
export async function makeScene(): Promise<Scene> {
  const queue = await makeQueue("Unauthorized access");
  await route("other", "eu", queue);
  const platform = await makePlatform();
  return {
    queue,
    platform,
    async arrive(options = {}) {
      const flag = exampleFlag({ category: "other", ...options });
      return { caseId: (await platform.deliver(flag)).caseId, flag };
    },
    async bearer(roles, place = {}) {
      // A specialist of that role alone is the one who writes CyberTip reports; whoever has more roles here is an intruder.
      const clearances = roles.length === 1 && roles[0] === "specialist" ? ["child_safety"] : [];
      const member = await hire(roles, { queues: [queue], clearances, ...place });
      return { member, cookie: await signIn(member) };
    },
  };
}

/** A second session of the same person. */
export async function anotherSession({ member }: Bearer): Promise<Bearer> {
  return { member, cookie: await signIn(member) };
}

export const PRESET = { purpose: "user_report_review", scope: "flagged_window", preset: true } as const;
export const NOTHING_WRONG = { outcome: "no_violation", action: "none", policyId: null, note: null } as const;
export const A_FLAG = {
  category: "threats",
  severity: "high",
  reason: "Something else on this thread to look at.",
} as const;

/** Calls and insists that it is answered as it should be: arranging must not fail unseen. */
async function insist(status: number, answer: Promise<Answer>): Promise<Answer> {
  const got = await answer;
  if (got.status !== status)
    throw new Error(`Answered ${got.status}, not ${status}: ${got.text.slice(0, 300)}`);
  return got;
}

export async function claim(by: Bearer, caseId: string): Promise<void> {
  await insist(200, call("POST", `/api/cases/${caseId}/claim`, { cookie: by.cookie }));
}

/** Opens a view with the preset. @returns its id */
export async function openView(by: Bearer, caseId: string, asked: object = PRESET): Promise<string> {
  const answer = await insist(
    201,
    call("POST", `/api/cases/${caseId}/views`, { cookie: by.cookie, body: asked }),
  );
  return jsonOf<{ viewId: string }>(answer).viewId;
}

/** Decides that nothing was wrong. @returns the decision's id */
export async function decide(by: Bearer, caseId: string): Promise<string> {
  const asked = { cookie: by.cookie, body: NOTHING_WRONG };
  const answer = await insist(201, call("POST", `/api/cases/${caseId}/decisions`, asked));
  return jsonOf<{ decisionId: string }>(answer).decisionId;
}

/** Some event that somebody else wrote: the newest acceptance of a flag. */
export async function someEvent(caseId: string): Promise<string> {
  const [row] = await admin()<{ id: string }[]>`
    select id from audit.events where case_id = ${caseId} order by id limit 1`;
  if (!row) throw new Error("Nothing is written about the case.");
  return row.id;
}

/** The thread of a case that has arrived. */
export async function someThread(scene: Scene): Promise<string> {
  const { caseId } = await scene.arrive();
  const [row] = await admin()<
    { id: string }[]
  >`select thread_id as id from triage.cases where id = ${caseId}`;
  if (!row) throw new Error("The case has no thread.");
  return row.id;
}

/** Waits for a check of the log that is under way: a new one can be asked for then. */
export async function noVerification(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const [row] = await admin()`select from audit.verifications where state in ('waiting', 'running')`;
    if (!row) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("A check of the log does not end.");
}

/** Asks for a check of the log. @returns its id */
export async function askVerification(by: Bearer): Promise<string> {
  const answer = await insist(201, call("POST", "/api/integrity/verifications", { cookie: by.cookie }));
  return jsonOf<{ id: string }>(answer).id;
}
