import { approvedRequest } from "../../server/legal/test/approvedRequest.ts";
import { admin } from "../support/admin.ts";
import { call, jsonOf } from "../support/http.ts";
import type { Bearer, Scene } from "./scene.ts";
import type { Aim, StaffRoute } from "./staffRoutes.ts";

const WHY = "This was said to a lawyer of the account's.";
const counsel = { right: "legal_counsel", roles: ["legal_counsel"], status: 200 } as const;
const reader = { ...counsel, roles: ["legal_counsel", "compliance_officer"] } as const;
/** Under a view of somebody's own: for everybody else there is no such view, whatever their role. */
const own = { ...counsel, others: "not-found" } as const;

async function person({ member: { id } }: Bearer): Promise<{ id: string; sessionId: string }> {
  const [row] = await admin()<
    { id: string }[]
  >`select id from staff.sessions where staff_id = ${id} order by id desc limit 1`;
  return { id, sessionId: row?.id ?? "" };
}

/** A request about an account of a thread that has just arrived, approved by somebody else. */
async function approved(scene: Scene, right: Bearer) {
  const { caseId, flag } = await scene.arrive();
  const other = await scene.bearer(["legal_counsel"]);
  const { requestId } = await approvedRequest(
    { admin: admin(), platformId: scene.platform.id },
    { first: await person(right), second: await person(other) },
    { accounts: [flag.thread.participants[0]?.id ?? ""] },
  );
  return { requestId, caseId };
}

async function must<T>(path: string, by: Bearer, body: object): Promise<T> {
  const answer = await call("POST", path, { cookie: by.cookie, body });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return jsonOf<T>(answer);
}

/** The same, collected; and its thread and its first message. */
async function collected(scene: Scene, right: Bearer) {
  const { requestId, caseId } = await approved(scene, right);
  const { id } = await must<{ id: string }>(`/api/lawful-requests/${requestId}/collections`, right, {});
  const [row] = await admin()`
    select c.thread_id as thread, m.id as message, p.id as other
      from triage.cases c
      join sealed.messages m on m.thread_id = c.thread_id
      join sealed.participants p on p.thread_id = c.thread_id and p.ordinal = 2
     where c.id = ${caseId} order by m.sent_at limit 1`;
  return { collectionId: id, threadId: row?.thread, messageId: row?.message, otherId: row?.other };
}

async function viewed(scene: Scene, right: Bearer) {
  const made = await collected(scene, right);
  const { viewId } = await must<{ viewId: string }>(`/api/collections/${made.collectionId}/views`, right, {
    threadId: made.threadId,
  });
  return { ...made, viewId };
}

type Made = Awaited<ReturnType<typeof viewed>>;

/** A call about a collection that nobody has decided anything of. */
const about =
  (path: string, body?: (made: Omit<Made, "viewId">) => object) =>
  async (scene: Scene, right: Bearer): Promise<Aim> => {
    const made = await collected(scene, right);
    return { path: `/api/collections/${made.collectionId}${path}`, ...(body ? { body: body(made) } : {}) };
  };

const underView = (path: string, body: (made: Made) => object) => async (scene: Scene, right: Bearer) => {
  const made = await viewed(scene, right);
  return { path: `/api/collections/${made.collectionId}${path}`, body: body(made) };
};

/** Collections and their review: counsel alone, and officers what was collected and decided. */
export const COLLECTION_ROUTES: readonly StaffRoute[] = [
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/[id]/collections",
    action: "legal.collection_read",
    arrange: async (scene, right) => ({
      path: `/api/lawful-requests/${(await approved(scene, right)).requestId}/collections`,
    }),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/lawful-requests/[id]/collections",
    action: "legal.collected",
    arrange: async (scene, right) => ({
      path: `/api/lawful-requests/${(await approved(scene, right)).requestId}/collections`,
      body: {},
    }),
  },
  ...(["", "/threads", "/decisions"] as const).map((path) => ({
    ...reader,
    method: "GET" as const,
    route: `/api/collections/[id]${path}`,
    action: "legal.collection_read" as const,
    arrange: about(path),
  })),
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/collections/[id]/views",
    action: "view.opened",
    arrange: about("/views", ({ threadId }) => ({ threadId })),
  },
  {
    ...own,
    method: "POST",
    route: "/api/collection-views/[id]/read",
    action: "view.read",
    arrange: async (scene, right) => ({
      path: `/api/collection-views/${(await viewed(scene, right)).viewId}/read`,
    }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/collections/[id]/set-aside",
    action: "legal.set_aside",
    arrange: about("/set-aside", ({ threadId, messageId }) => ({
      threadId,
      messageId,
      kind: "privileged",
      reason: WHY,
    })),
  },
  {
    ...own,
    method: "POST",
    route: "/api/collections/[id]/redact",
    action: "legal.redacted",
    arrange: underView("/redact", ({ viewId, messageId }) => ({
      viewId,
      messageId,
      revision: 1,
      from: 0,
      to: 2,
      reason: WHY,
    })),
  },
  {
    ...own,
    method: "POST",
    route: "/api/collections/[id]/rules",
    action: "legal.rule_added",
    arrange: underView("/rules", ({ viewId }) => ({ viewId, kind: "email", reason: WHY })),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/collections/[id]/name-participant",
    action: "legal.participant_named",
    arrange: about("/name-participant", ({ threadId, otherId }) => ({
      threadId,
      participantId: otherId,
      reason: WHY,
    })),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/collections/[id]/take-back",
    action: "legal.decision_taken_back",
    arrange: async (scene, right) => {
      const { collectionId, threadId } = await collected(scene, right);
      const path = `/api/collections/${collectionId}`;
      const { decisionId } = await must<{ decisionId: string }>(`${path}/set-aside`, right, {
        threadId,
        kind: "other",
        reason: WHY,
      });
      return { path: `${path}/take-back`, body: { decisionId, reason: WHY } };
    },
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/collections/[id]/hand-in",
    action: "legal.collection_handed_in",
    arrange: about("/hand-in", () => ({ decisions: 0 })),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/collections/[id]/reopen",
    action: "legal.collection_reopened",
    arrange: async (scene, right) => {
      const path = `/api/collections/${(await collected(scene, right)).collectionId}`;
      await must(`${path}/hand-in`, right, { decisions: 0 });
      return { path: `${path}/reopen`, body: { reason: WHY } };
    },
  },
];

/** Who reads threads elsewhere is no counsel. */
const WRONG = { otherQueue: "wrong-role", otherRegion: "wrong-role", colleague: "wrong-role" } as const;
const UNKNOWN = { otherQueue: "not-found", otherRegion: "not-found", colleague: "not-found" } as const;

export const COLLECTION_REACH = Object.fromEntries(
  COLLECTION_ROUTES.map(({ method, route, others }) => [
    `${method} ${route}`,
    others === "not-found" ? UNKNOWN : WRONG,
  ]),
);
