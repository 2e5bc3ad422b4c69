import { createHash, randomBytes } from "node:crypto";
import type { FlagInput } from "../../contracts/intake.ts";
import { admin } from "../support/admin.ts";
import { canary } from "../support/canary.ts";
import { exampleFlag } from "../support/flags.ts";
import { call, jsonOf } from "../support/http.ts";
import { makePlatform } from "../support/platform.ts";
import { makeQueue, route } from "../support/queues.ts";
import { signIn } from "../support/session.ts";
import { hire, type Member } from "../support/staff.ts";

/** A counsel who is signed in twice: for the calls of a test, and for pages. */
export interface Counsel extends Member {
  readonly cookie: string;
}

const DAY = 86_400_000;
export const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

/**
 * Two counsels and an agency in the directory, with a number that one of them entered and the other confirmed: what a
 * lawful request needs before anything of it begins.
 *
 * @param platformId of the accounts that requests will name
 */
export async function makeOffice(platformId: string) {
  const counsel = async (): Promise<Counsel> => {
    const member = await hire(["legal_counsel"]);
    return { ...member, cookie: await signIn(member) };
  };
  const [first, second] = [await counsel(), await counsel()];
  const name = `Example Police ${randomBytes(3).toString("hex")}`;
  const { agencyId } = await must<{ agencyId: string }>(first, "POST", "/api/agencies", {
    name,
    country: "US",
    kind: "police",
    domains: [`${randomBytes(3).toString("hex")}.police.example.org`],
    source: "The state's directory of agencies.",
  });
  const { numberId } = await must<{ numberId: string }>(first, "POST", `/api/agencies/${agencyId}/numbers`, {
    number: "+1 202 555 0123",
    label: "Front desk",
    source: "The agency's own site.",
  });
  await must(second, "POST", `/api/agencies/numbers/${numberId}/confirm`, {
    source: "The state's printed directory.",
  });
  // The directory was there before the letter: no call of before its number was confirmed counts.
  await admin()`update legal.agencies set entered_at = entered_at - interval '9 days' where id = ${agencyId}`;
  await admin()`update legal.agency_numbers set entered_at = entered_at - interval '9 days',
      confirmed_at = confirmed_at - interval '8 days' where id = ${numberId}`;
  return {
    agency: { id: agencyId, name, numberId },
    first,
    second,

    /** Registers a request of any type about an account. @returns its id */
    async register(facts: Record<string, unknown>, account: string): Promise<string> {
      const { requestId } = await must<{ requestId: string }>(first, "POST", "/api/lawful-requests", {
        jurisdiction: "US",
        issuer: "judge",
        agencyId,
        agencyName: name,
        officerName: "Officer Sample",
        reference: `REF-${randomBytes(4).toString("hex")}`,
        channel: "post",
        receivedAt: ago(DAY),
        issuedAt: ago(2 * DAY),
        categories: ["subscriber", "traffic", "content"],
        rangeFrom: ago(30 * DAY),
        rangeTo: new Date().toISOString(),
        nature: "A sample matter.",
        accounts: [{ platformId, accountId: account }],
        ...facts,
      });
      return requestId;
    },
    /** Attaches the order, calls the agency back, and has the other counsel approve what was read. */
    async verifyAndApprove(requestId: string): Promise<void> {
      const at = `/api/lawful-requests/${requestId}`;
      await attach(first, requestId);
      await recordCall(first, requestId, numberId);
      await must(first, "POST", `${at}/verifications`, {
        kind: "document",
        outcome: "passed",
        documentN: 1,
        note: "Seal and signature are those of the court.",
      });
      await must(first, "POST", `${at}/review`, {});
      await approve(second, requestId);
    },
  };
}

/** An office, a platform and a queue for what it sends. */
export async function makeLegalStage() {
  const queue = await makeQueue("Lawful requests");
  await route("threats", "eu", queue);
  const platform = await makePlatform();
  return {
    ...(await makeOffice(platform.id)),
    queue,
    platform,
    deliver: (change?: (flag: FlagInput) => FlagInput) => deliverThread(platform, change),
  };
}
export type LegalStage = Awaited<ReturnType<typeof makeLegalStage>>;

/** Calls as somebody. @throws when it is not answered with a success */
export async function must<T = Record<string, unknown>>(
  by: Pick<Counsel, "cookie">,
  method: string,
  path: string,
  body?: object,
): Promise<T> {
  const answer = await call(method, path, { cookie: by.cookie, ...(body ? { body } : {}) });
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 400)}`);
  return (answer.text === "" ? {} : jsonOf(answer)) as T;
}

/** Calls as somebody and is refused. @returns the refusal's code */
export async function refused(by: Counsel, path: string, body: object): Promise<string> {
  const answer = await call("POST", path, { cookie: by.cookie, body });
  if (answer.status < 400) throw new Error(`${path} was not refused: ${answer.status}`);
  return jsonOf<{ code: string }>(answer).code;
}

/** A call back to a number of the directory. */
export const recordCall = (by: Counsel, requestId: string, numberId: string) =>
  must(by, "POST", `/api/lawful-requests/${requestId}/verifications`, {
    kind: "call_back",
    outcome: "passed",
    numberId,
    spokeWith: "The desk officer",
    calledAt: ago(60_000),
    note: "They know the matter and the officer.",
  });

/** A PDF with nothing on its one page. */
export const aPdf = (): Buffer =>
  Buffer.from(
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    "latin1",
  );

/** Attaches the order as a PDF. */
export async function attach(by: Counsel, requestId: string): Promise<void> {
  const answer = await call("POST", `/api/lawful-requests/${requestId}/documents`, {
    cookie: by.cookie,
    headers: {
      "content-type": "application/octet-stream",
      "x-file-name": "order.pdf",
      "x-document-kind": "order",
    },
    body: aPdf().toString("latin1"),
  });
  if (answer.status >= 300)
    throw new Error(`The order was not taken: ${answer.status} ${answer.text.slice(0, 300)}`);
}

/** Approves what stands there now. */
export async function approve(by: Counsel, requestId: string): Promise<void> {
  const request = await must<{ scopeVersion: number; digest: string }>(
    by,
    "GET",
    `/api/lawful-requests/${requestId}`,
  );
  const { scopeVersion, digest } = request;
  await must(by, "POST", `/api/lawful-requests/${requestId}/approve`, { scopeVersion, digest });
}

/** What a thread for a request is made of: who is named, who is not, and which words must never leave. */
export interface LegalThread {
  readonly account: string;
  readonly threadId: string;
  readonly caseId: string;
  /** Must be in the packet. */
  readonly produced: readonly string[];
  /** Must be in no file of the packet, however it is written. */
  readonly secret: {
    /** The third party's name, as it stands in somebody else's message too. */
    readonly thirdParty: string;
    readonly thirdPartyAccount: string;
    readonly phone: string;
    readonly byHand: string;
    readonly privileged: string;
  };
}

async function deliverThread(
  platform: Awaited<ReturnType<typeof makePlatform>>,
  change: (flag: FlagInput) => FlagInput = (flag) => flag,
): Promise<LegalThread> {
  const flag = exampleFlag({ category: "threats", messages: 8, flagged: [0] });
  const [named, other] = flag.thread.participants;
  if (!named || !other) throw new Error("A thread has two participants.");
  const produced = [canary(), canary(), canary()];
  const secret = {
    thirdParty: `Quillon ${canary()}`,
    thirdPartyAccount: other.id,
    phone: "+1 202 555 0177",
    byHand: canary(),
    privileged: canary(),
  };
  const bodies = [
    `Placeholder one ${produced[0]}.`,
    `Ask ${secret.thirdParty} about ${produced[1]}.`,
    `Placeholder number ${secret.phone} to call.`,
    `Placeholder ${secret.byHand} to take out.`,
    `Placeholder ${secret.privileged} for counsel.`,
    `Last wording ${produced[2]}.`,
  ];
  const messages = flag.thread.messages.slice(0, bodies.length).map((message, n) => ({
    ...message,
    body: bodies[n] ?? null,
    ...(n === 5
      ? {
          attachments: [
            {
              mediaType: "image/png",
              sizeBytes: 3,
              sha256: createHash("sha256").update("gone").digest("hex"),
              location: "https://cdn.example.org/gone.png",
            },
          ],
        }
      : {}),
  }));
  const sent = change({
    ...flag,
    reporter: null,
    thread: {
      ...flag.thread,
      participants: [named, { ...other, displayName: secret.thirdParty }],
      messages,
    },
  });
  const { caseId } = await platform.deliver(sent);
  const [row] = await admin()<
    { id: string }[]
  >`select thread_id as id from triage.cases where id = ${caseId}`;
  if (!row) throw new Error("The case has no thread.");
  return { account: named.id, threadId: row.id, caseId, produced, secret };
}
