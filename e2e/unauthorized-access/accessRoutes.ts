import type { DenialCode } from "../../domain/denials.ts";
import { ROLES, type Role } from "../../domain/vocabulary.ts";
import { type Answer, call, jsonOf } from "../support/http.ts";
import { type Arrived, anotherSession, type Bearer, claim, decide, openView, type Scene } from "./scene.ts";
import type { StaffRoute } from "./staffRoutes.ts";

const TRIAGE: readonly Role[] = ["moderator", "specialist", "lead"];
const OFFICER: readonly Role[] = ["compliance_officer"];
const WHY = "The quarter's review of access asked for this.";
const TICKET = "TRUST-1042";

let made = 0;
/** A sentence that nobody has written before. */
const sentence = (): string =>
  `Looking into what was reported about ${String.fromCharCode(...[0, 1, 2].map((n) => 97 + (Math.floor(made / 26 ** n) % 26)))} ${made++}.`;

/** Calls and insists: arranging must not fail unseen. @returns the answer's JSON, empty where there is none */
async function did<T>(by: Bearer, method: string, path: string, body?: object): Promise<T> {
  const answer: Answer = await call(method, path, { cookie: by.cookie, ...(body ? { body } : {}) });
  if (answer.status >= 300)
    throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer.text === "" ? ({} as T) : jsonOf<T>(answer);
}

/** A case that somebody else has decided. */
async function decided(scene: Scene): Promise<Arrived> {
  const [by, arrived] = [await scene.bearer(["moderator"]), await scene.arrive()];
  await claim(by, arrived.caseId);
  await decide(by, arrived.caseId);
  return arrived;
}

const secondDecision = (ticket: string | null) => ({
  purpose: "second_decision",
  scope: "flagged_window",
  reason: sentence(),
  ticket,
});

/** A request that waits for one approver. */
async function waiting(scene: Scene, by?: Bearer): Promise<string> {
  const who = by ?? (await scene.bearer(["moderator"]));
  const { caseId } = await decided(scene);
  const answer = await did<{ requestId: string }>(
    who,
    "POST",
    `/api/cases/${caseId}/requests`,
    secondDecision(null),
  );
  return answer.requestId;
}

/** A grant on a ticket. */
async function granted(scene: Scene, by: Bearer): Promise<string> {
  const { caseId } = await decided(scene);
  const answer = await did<{ grantId: string }>(
    by,
    "POST",
    `/api/cases/${caseId}/requests`,
    secondDecision(TICKET),
  );
  return answer.grantId;
}

/** A grant for several threads of one participant. */
async function grantedThreads(scene: Scene, by: Bearer): Promise<string> {
  const { caseId } = await scene.arrive();
  await claim(by, caseId);
  const detail = await did<{ thread: { participants: { id: string }[] } }>(by, "GET", `/api/cases/${caseId}`);
  const { requestId } = await did<{ requestId: string }>(by, "POST", `/api/cases/${caseId}/requests`, {
    purpose: "user_report_review",
    scope: "participant_threads",
    reason: sentence(),
    participantId: detail.thread.participants[0]?.id,
  });
  for (const approver of [await scene.bearer(["lead"]), await scene.bearer(["lead"])])
    await did(approver, "POST", `/api/requests/${requestId}/approve`, {});
  return (await did<{ grantId: string }>(by, "POST", `/api/requests/${requestId}/open`)).grantId;
}

async function glass(scene: Scene): Promise<string> {
  const [by, { caseId }] = [await scene.bearer(["specialist"]), await scene.arrive()];
  const reason = `${sentence()} A life is in danger and I am calling for help.`;
  return (await did<{ breakGlassId: string }>(by, "POST", `/api/cases/${caseId}/break-glass`, { reason }))
    .breakGlassId;
}

async function drafted(by: Bearer): Promise<string> {
  return (await did<{ id: string }>(by, "POST", "/api/access-policy", { summary: "A change." })).id;
}

async function proposed(scene: Scene): Promise<string> {
  const by = await scene.bearer(["compliance_officer"]);
  const id = await drafted(by);
  await did(by, "POST", `/api/access-policy/${id}/propose`, { reason: WHY });
  return id;
}

const watchEntry = (scene: Scene) => ({
  platformId: scene.platform.id,
  participantId: `watched-${made++}`,
  category: "journalist",
  reason: "Writes about the platform in the press.",
});
const ownAccount = (scene: Scene) => ({ platformId: scene.platform.id, accountId: `own-${made++}` });
const plain = (path: string) => async () => ({ path });

const approver = {
  method: "POST",
  right: "lead",
  roles: ["specialist", "lead"],
  status: 200,
} as const;
const requester = {
  method: "POST",
  right: "moderator",
  roles: TRIAGE,
  others: "not-found",
} as const;
const officer = { right: "compliance_officer", roles: OFFICER } as const;
const anybody = { right: "moderator", roles: ROLES } as const;

/** The routes of access governance, as `staffRoutes.ts` lists all. */
export const ACCESS_ROUTES: readonly StaffRoute[] = [
  {
    method: "POST",
    route: "/api/cases/[id]/requests",
    action: "access.requested",
    right: "specialist",
    roles: TRIAGE,
    status: 201,
    arrange: async (scene) => ({
      path: `/api/cases/${(await decided(scene)).caseId}/requests`,
      body: secondDecision(TICKET),
    }),
  },
  {
    method: "POST",
    route: "/api/cases/[id]/break-glass",
    action: "glass.broken",
    right: "specialist",
    roles: TRIAGE,
    status: 201,
    arrange: async (scene) => ({
      path: `/api/cases/${(await scene.arrive()).caseId}/break-glass`,
      body: { reason: `${sentence()} A life is in danger and I am calling for help.` },
    }),
  },
  {
    method: "GET",
    route: "/api/requests",
    action: "request.listed",
    right: "lead",
    roles: ["specialist", "lead", "compliance_officer"],
    status: 200,
    arrange: plain("/api/requests?box=inbox"),
  },
  {
    method: "GET",
    route: "/api/requests/[id]",
    action: "request.listed",
    right: "lead",
    roles: ["specialist", "lead", "compliance_officer"],
    others: "not-found",
    status: 200,
    arrange: async (scene) => ({ path: `/api/requests/${await waiting(scene)}` }),
  },
  {
    ...approver,
    route: "/api/requests/[id]/approve",
    action: "approval.given",
    arrange: async (scene) => ({ path: `/api/requests/${await waiting(scene)}/approve`, body: {} }),
  },
  {
    ...approver,
    route: "/api/requests/[id]/deny",
    action: "approval.refused",
    arrange: async (scene) => ({
      path: `/api/requests/${await waiting(scene)}/deny`,
      body: { note: "The first decision is clear." },
    }),
  },
  {
    ...approver,
    route: "/api/requests/[id]/ask",
    action: "approval.asked_back",
    arrange: async (scene) => ({
      path: `/api/requests/${await waiting(scene)}/ask`,
      body: { question: "Which report is this about?" },
    }),
  },
  {
    ...requester,
    route: "/api/requests/[id]/answer",
    action: "approval.answered",
    status: 200,
    async arrange(scene, right) {
      const id = await waiting(scene, right);
      const lead = await scene.bearer(["lead"]);
      await did(lead, "POST", `/api/requests/${id}/ask`, { question: "Which report is this about?" });
      const { questions } = await did<{ questions: { id: string }[] }>(lead, "GET", `/api/requests/${id}`);
      return {
        path: `/api/requests/${id}/answer`,
        body: { questionId: questions[0]?.id, answer: "The one of this morning." },
      };
    },
  },
  {
    ...requester,
    route: "/api/requests/[id]/withdraw",
    action: "approval.withdrawn",
    status: 200,
    arrange: async (scene, right) => ({ path: `/api/requests/${await waiting(scene, right)}/withdraw` }),
  },
  {
    ...requester,
    route: "/api/requests/[id]/open",
    action: "approval.taken_up",
    status: 201,
    async arrange(scene, right) {
      const id = await waiting(scene, right);
      await did(await scene.bearer(["lead"]), "POST", `/api/requests/${id}/approve`, {});
      return { path: `/api/requests/${id}/open` };
    },
  },
  {
    method: "GET",
    route: "/api/grants",
    action: "grant.listed",
    right: "lead",
    roles: ["lead", "compliance_officer"],
    status: 200,
    arrange: plain("/api/grants?box=live"),
  },
  {
    ...requester,
    method: "GET",
    route: "/api/views/[id]",
    action: "view.read",
    status: 200,
    async arrange(scene, right) {
      const { caseId } = await scene.arrive();
      await claim(right, caseId);
      return { path: `/api/views/${await openView(right, caseId)}` };
    },
  },
  {
    ...requester,
    right: "specialist",
    route: "/api/grants/[id]/views",
    action: "view.opened",
    status: 201,
    arrange: async (scene, right) => ({
      path: `/api/grants/${await granted(scene, right)}/views`,
      body: {},
    }),
  },
  {
    ...requester,
    method: "GET",
    right: "specialist",
    route: "/api/grants/[id]/threads",
    action: "grant.threads_read",
    status: 200,
    arrange: async (scene, right) => ({
      path: `/api/grants/${await grantedThreads(scene, right)}/threads`,
    }),
  },
  {
    method: "POST",
    route: "/api/grants/[id]/revoke",
    action: "grant.revoked",
    right: "lead",
    roles: ["lead", "compliance_officer"],
    others: "not-found",
    status: 204,
    arrange: async (scene) => ({
      path: `/api/grants/${await granted(scene, await scene.bearer(["specialist"]))}/revoke`,
      body: {},
    }),
  },
  {
    method: "GET",
    route: "/api/break-glass",
    action: "glass.listed",
    right: "compliance_officer",
    roles: [...TRIAGE, "compliance_officer", "administrator"],
    status: 200,
    arrange: plain("/api/break-glass"),
  },
  {
    ...officer,
    method: "POST",
    route: "/api/break-glass/[id]/review",
    action: "glass.reviewed",
    status: 204,
    arrange: async (scene) => ({
      path: `/api/break-glass/${await glass(scene)}/review`,
      body: { finding: "justified", note: "Help was called in time, as the record shows." },
    }),
  },
  {
    method: "GET",
    route: "/api/notices",
    action: "notice.listed",
    right: "compliance_officer",
    roles: ["compliance_officer", "administrator", "legal_counsel"],
    status: 200,
    arrange: plain("/api/notices"),
  },
  {
    ...officer,
    others: "not-found",
    method: "POST",
    route: "/api/notices/[id]/acknowledge",
    action: "notice.acknowledged",
    status: 204,
    async arrange(scene, right) {
      const entry = await glass(scene);
      const { notices } = await did<{ notices: { id: string; breakGlassId: string }[] }>(
        right,
        "GET",
        "/api/notices",
      );
      const notice = notices.find(({ breakGlassId }) => breakGlassId === entry);
      return { path: `/api/notices/${notice?.id}/acknowledge` };
    },
  },
  {
    ...anybody,
    method: "GET",
    route: "/api/access-policy",
    action: "policy.read",
    status: 200,
    arrange: plain("/api/access-policy"),
  },
  {
    ...officer,
    method: "POST",
    route: "/api/access-policy",
    action: "policy.drafted",
    status: 201,
    arrange: async () => ({ path: "/api/access-policy", body: { summary: "A change." } }),
  },
  {
    method: "GET",
    route: "/api/access-policy/[id]",
    action: "policy.read",
    right: "compliance_officer",
    roles: ["compliance_officer", "administrator"],
    others: "not-found",
    status: 200,
    arrange: async (_, right) => ({ path: `/api/access-policy/${await drafted(right)}` }),
  },
  {
    ...officer,
    method: "PUT",
    route: "/api/access-policy/[id]",
    action: "policy.edited",
    status: 204,
    async arrange(_, right) {
      const path = `/api/access-policy/${await drafted(right)}`;
      const { version, rules } = await did<{ version: { settings: object }; rules: object[] }>(
        right,
        "GET",
        path,
      );
      return { path, body: { summary: "A change.", settings: version.settings, rules } };
    },
  },
  {
    ...officer,
    method: "POST",
    route: "/api/access-policy/[id]/propose",
    action: "policy.proposed",
    status: 204,
    arrange: async (_, right) => ({
      path: `/api/access-policy/${await drafted(right)}/propose`,
      body: { reason: WHY },
    }),
  },
  {
    ...officer,
    roles: ["compliance_officer", "administrator"],
    method: "POST",
    route: "/api/access-policy/[id]/confirm",
    action: "policy.confirmed",
    status: 204,
    arrange: async (scene) => ({
      path: `/api/access-policy/${await proposed(scene)}/confirm`,
      body: { reason: WHY },
    }),
  },
  {
    ...officer,
    roles: ["compliance_officer", "administrator"],
    method: "POST",
    route: "/api/access-policy/[id]/reject",
    action: "policy.rejected",
    status: 204,
    arrange: async (scene) => ({
      path: `/api/access-policy/${await proposed(scene)}/reject`,
      body: { reason: WHY },
    }),
  },
  {
    ...officer,
    method: "POST",
    route: "/api/access-policy/[id]/withdraw",
    action: "policy.withdrawn",
    status: 204,
    arrange: async (_, right) => ({
      path: `/api/access-policy/${await drafted(right)}/withdraw`,
      body: { reason: WHY },
    }),
  },
  {
    method: "POST",
    route: "/api/access-policy/simulate",
    action: "policy.simulated",
    right: "compliance_officer",
    roles: ["compliance_officer", "administrator", "auditor"],
    status: 200,
    arrange: async () => ({
      path: "/api/access-policy/simulate",
      body: { roles: ["moderator"], purpose: "appeal", scope: "flagged_window", subjects: ["ordinary"] },
    }),
  },
  {
    ...officer,
    method: "GET",
    route: "/api/watch-list",
    action: "watch.listed",
    status: 200,
    arrange: plain("/api/watch-list"),
  },
  {
    ...officer,
    method: "POST",
    route: "/api/watch-list",
    action: "watch.added",
    status: 201,
    arrange: async (scene) => ({ path: "/api/watch-list", body: watchEntry(scene) }),
  },
  {
    ...officer,
    method: "DELETE",
    route: "/api/watch-list/[id]",
    action: "watch.ended",
    status: 204,
    async arrange(scene, right) {
      const { id } = await did<{ id: string }>(right, "POST", "/api/watch-list", watchEntry(scene));
      return { path: `/api/watch-list/${id}` };
    },
  },
  {
    ...officer,
    method: "GET",
    route: "/api/accounts",
    action: "account.listed",
    status: 200,
    arrange: plain("/api/accounts"),
  },
  {
    ...anybody,
    method: "GET",
    route: "/api/me/accounts",
    action: "account.listed",
    status: 200,
    arrange: plain("/api/me/accounts"),
  },
  {
    ...anybody,
    method: "POST",
    route: "/api/me/accounts",
    action: "account.recorded",
    status: 201,
    arrange: async (scene) => ({ path: "/api/me/accounts", body: ownAccount(scene) }),
  },
  {
    ...anybody,
    method: "DELETE",
    route: "/api/me/accounts/[id]",
    action: "account.left",
    status: 204,
    async arrange(scene, right) {
      const { id } = await did<{ id: string }>(right, "POST", "/api/me/accounts", ownAccount(scene));
      return { path: `/api/me/accounts/${id}` };
    },
  },
  {
    ...anybody,
    method: "GET",
    route: "/api/me/sessions",
    action: "staff.sessions_read",
    status: 200,
    arrange: plain("/api/me/sessions"),
  },
  {
    ...anybody,
    method: "DELETE",
    route: "/api/me/sessions/[id]",
    action: "staff.session_ended",
    status: 204,
    async arrange(_, right) {
      await anotherSession(right);
      const { sessions } = await did<{ sessions: { id: string; current: boolean }[] }>(
        right,
        "GET",
        "/api/me/sessions",
      );
      return { path: `/api/me/sessions/${sessions.find(({ current }) => !current)?.id}` };
    },
  },
];

type Reach = Readonly<Record<"otherQueue" | "otherRegion" | "colleague", DenialCode | "same">>;
const UNSEEN: Reach = { otherQueue: "not-found", otherRegion: "not-found", colleague: "same" };
const THEIRS: Reach = { otherQueue: "not-found", otherRegion: "not-found", colleague: "not-found" };
const OFFICERS: Reach = { otherQueue: "wrong-role", otherRegion: "wrong-role", colleague: "wrong-role" };

/** What staff of the right role are told for whom the thing lies out of reach, as `reach.test.ts` lists it. */
export const ACCESS_REACH: Readonly<Record<string, Reach>> = {
  "POST /api/cases/[id]/requests": UNSEEN,
  // A threat to life does not wait for the right queue; it stops at the region.
  "POST /api/cases/[id]/break-glass": { otherQueue: "same", otherRegion: "not-found", colleague: "same" },
  "GET /api/requests/[id]": UNSEEN,
  "POST /api/requests/[id]/approve": UNSEEN,
  "POST /api/requests/[id]/deny": UNSEEN,
  "POST /api/requests/[id]/ask": UNSEEN,
  "POST /api/requests/[id]/answer": THEIRS,
  "POST /api/requests/[id]/withdraw": THEIRS,
  "POST /api/requests/[id]/open": THEIRS,
  "GET /api/views/[id]": THEIRS,
  "POST /api/grants/[id]/views": THEIRS,
  "GET /api/grants/[id]/threads": THEIRS,
  "POST /api/grants/[id]/revoke": UNSEEN,
  "POST /api/break-glass/[id]/review": OFFICERS,
  "POST /api/notices/[id]/acknowledge": THEIRS,
  "GET /api/access-policy/[id]": THEIRS,
  "PUT /api/access-policy/[id]": OFFICERS,
  "POST /api/access-policy/[id]/propose": OFFICERS,
  "POST /api/access-policy/[id]/confirm": OFFICERS,
  "POST /api/access-policy/[id]/reject": OFFICERS,
  "POST /api/access-policy/[id]/withdraw": OFFICERS,
  "DELETE /api/watch-list/[id]": OFFICERS,
  "DELETE /api/me/accounts/[id]": THEIRS,
  "DELETE /api/me/sessions/[id]": THEIRS,
};
