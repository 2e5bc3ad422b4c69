import { admin } from "../support/admin.ts";
import { call } from "../support/http.ts";
import { type Bearer, claim, openView, type Scene } from "./scene.ts";
import type { StaffRoute } from "./staffRoutes.ts";

const officers = { right: "compliance_officer", roles: ["compliance_officer"] } as const;
const NOTE = "Asked the lead and looked at the shift plan.";

/** A view that somebody opened, and the one who did. */
async function viewed(scene: Scene): Promise<{ viewId: string; staffId: string }> {
  const moderator = await scene.bearer(["moderator"]);
  const { caseId } = await scene.arrive();
  await claim(moderator, caseId);
  return { viewId: await openView(moderator, caseId), staffId: moderator.member.id };
}

/** A signal about a moderator, raised as the worker raises it. @returns its id */
export async function aSignal(scene: Scene): Promise<string> {
  const { viewId, staffId } = await viewed(scene);
  const finding = {
    subject: staffId,
    detector: "volume",
    version: 1,
    pattern: scene.queue,
    severity: 3,
    from: new Date(Date.now() - 86_400_000).toISOString(),
    until: new Date().toISOString(),
    numbers: { day: "2026-01-01", cases: 120, peersMean: 21.4, peersBusy: 40, chance: 2.1e-9 },
    explanation: "Opened 120 cases of one queue in a day. Colleagues open 21 a day. Made up for this test.",
    newEvidence: 1,
    views: [viewId],
  };
  await admin()`select access.raise_signals(${[finding] as never}::jsonb)`;
  const [row] = await admin()<{ id: string }[]>`select id from access.signals where subject_id = ${staffId}`;
  return row?.id as string;
}

/** A moderator's view that is due for review. @returns the review's id */
export async function aReview(scene: Scene): Promise<string> {
  const { viewId, staffId } = await viewed(scene);
  const [row] = await admin()<{ id: string }[]>`
    insert into access.reviews (kind, view_id, subject_id, due_at)
    values ('sampled', ${viewId}, ${staffId}, now() + interval '14 days') returning id`;
  return row?.id as string;
}

async function ownedSignal(scene: Scene, { cookie }: Bearer): Promise<string> {
  const signalId = await aSignal(scene);
  const answer = await call("POST", `/api/signals/${signalId}/own`, { cookie });
  if (answer.status !== 204) throw new Error(`Not owned: ${answer.status}`);
  return signalId;
}

/** Signals and reviews: for compliance officers alone. */
export const SIGNAL_ROUTES: readonly StaffRoute[] = [
  {
    ...officers,
    method: "GET",
    route: "/api/signals",
    action: "signal.listed",
    status: 200,
    arrange: async () => ({ path: "/api/signals" }),
  },
  {
    ...officers,
    method: "GET",
    route: "/api/signals/[id]",
    action: "signal.read",
    status: 200,
    arrange: async (scene) => ({ path: `/api/signals/${await aSignal(scene)}` }),
  },
  {
    ...officers,
    method: "POST",
    route: "/api/signals/[id]/own",
    action: "signal.owned",
    status: 204,
    arrange: async (scene) => ({ path: `/api/signals/${await aSignal(scene)}/own` }),
  },
  {
    ...officers,
    method: "POST",
    route: "/api/signals/[id]/resolve",
    action: "signal.resolved",
    status: 204,
    arrange: async (scene, right) => ({
      path: `/api/signals/${await ownedSignal(scene, right)}/resolve`,
      body: { conclusion: "explained", note: NOTE },
    }),
  },
  {
    ...officers,
    method: "POST",
    route: "/api/signals/[id]/escalate",
    action: "signal.escalated",
    status: 204,
    arrange: async (scene) => ({
      path: `/api/signals/${await aSignal(scene)}/escalate`,
      body: { note: NOTE },
    }),
  },
  {
    ...officers,
    method: "GET",
    route: "/api/reviews",
    action: "review.listed",
    status: 200,
    arrange: async () => ({ path: "/api/reviews" }),
  },
  {
    ...officers,
    method: "GET",
    route: "/api/reviews/[id]",
    action: "review.read",
    status: 200,
    arrange: async (scene) => ({ path: `/api/reviews/${await aReview(scene)}` }),
  },
  {
    ...officers,
    method: "POST",
    route: "/api/reviews/[id]/verdict",
    action: "review.given",
    status: 200,
    arrange: async (scene) => ({
      path: `/api/reviews/${await aReview(scene)}/verdict`,
      body: { verdict: "appropriate", note: NOTE },
    }),
  },
];
