import type { Role } from "../../domain/vocabulary.ts";
import { admin } from "../support/admin.ts";
import { call } from "../support/http.ts";
import {
  A_DESTRUCTION,
  A_DRAFT,
  aReport,
  destructionAsked,
  filedByHand,
  keptAnswer,
  openForReport,
  readIt,
  type Stage,
  takenOut,
} from "./reports.ts";
import type { Bearer, Scene } from "./scene.ts";
import type { Aim, StaffRoute } from "./staffRoutes.ts";

const READERS: readonly Role[] = ["specialist", "legal_counsel", "compliance_officer"];
const specialist = { right: "specialist", roles: ["specialist"], status: 200 } as const;
const reader = { right: "compliance_officer", roles: READERS, status: 200 } as const;
const counsel = { right: "legal_counsel", roles: ["legal_counsel"], status: 200 } as const;

/** A call about a report that has come so far. */
const about =
  (stage: Stage, path: string, body?: object) =>
  async (scene: Scene): Promise<Aim> => ({
    path: `/api/cybertips/${(await aReport(scene, stage)).reportId}${path}`,
    ...(body ? { body } : {}),
  });

/** The same under a view of the caller's. */
const underView = (stage: Stage, path: string, more: object) => async (scene: Scene, right: Bearer) => {
  const { reportId, caseId } = await aReport(scene, stage);
  const viewId = await openForReport(right, caseId);
  return { path: `/api/cybertips/${reportId}${path}`, body: { viewId, ...more } };
};

/** A report that is being filed, at which no worker works. */
const beingFiled = (path: string, body?: object) => async (scene: Scene) => {
  const { reportId } = await aReport(scene, "approved");
  await admin()`update cybertip.reports set state = 'filing', way = 'live', environment = 'test', filing_at = now()
    where id = ${reportId}`;
  return { path: `/api/cybertips/${reportId}${path}`, ...(body ? { body } : {}) };
};

/** CyberTip reports: cleared specialists write, counsel and officers read the record. */
export const CYBERTIP_ROUTES: readonly StaffRoute[] = [
  {
    ...reader,
    method: "GET",
    route: "/api/cybertips",
    action: "cybertip.listed",
    arrange: async () => ({ path: "/api/cybertips" }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/cybertips/figures",
    action: "cybertip.figures_read",
    arrange: async () => ({ path: "/api/cybertips/figures" }),
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cases/[id]/cybertips",
    action: "cybertip.started",
    arrange: async (scene) => ({
      path: `/api/cases/${(await scene.arrive()).caseId}/cybertips`,
      body: { kind: "report" },
    }),
  },
  {
    ...specialist,
    roles: ["specialist", "legal_counsel"],
    method: "GET",
    route: "/api/cases/[id]/prior-reports",
    action: "cybertip.prior_read",
    arrange: async (scene) => ({
      path: `/api/cases/${(await aReport(scene, "draft")).caseId}/prior-reports`,
    }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/cybertips/[id]",
    action: "cybertip.read",
    arrange: about("draft", ""),
  },
  {
    ...specialist,
    // The view is asked first, and it is somebody else's.
    others: "not-found",
    method: "POST",
    route: "/api/cybertips/[id]/draft/read",
    action: "cybertip.draft_read",
    arrange: underView("draft", "/draft/read", {}),
  },
  {
    ...specialist,
    method: "PUT",
    route: "/api/cybertips/[id]/draft",
    action: "cybertip.saved",
    arrange: underView("started", "/draft", { revision: 0, draft: A_DRAFT }),
  },
  {
    ...specialist,
    others: "not-found",
    method: "POST",
    route: "/api/cybertips/[id]/prefill",
    action: "cybertip.draft_proposed",
    arrange: underView("started", "/prefill", {}),
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/hand-in",
    action: "cybertip.handed_in",
    arrange: about("draft", "/hand-in", { revision: 1 }),
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/approve",
    action: "cybertip.approved",
    arrange: async (scene, right) => {
      const report = await aReport(scene, "waiting");
      await readIt(right, report);
      return {
        path: `/api/cybertips/${report.reportId}/approve`,
        body: { revision: 1, digest: report.digest },
      };
    },
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/send-back",
    action: "cybertip.sent_back",
    arrange: about("waiting", "/send-back", { note: "Name the conversation in the incident." }),
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/withdraw",
    action: "cybertip.withdrawn",
    arrange: about("draft", "/withdraw", { reason: "The same incident was reported already." }),
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/export",
    action: "cybertip.exported",
    arrange: about("approved", "/export", { reason: "Filing it by hand with the service." }),
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/filed-by-hand",
    action: "cybertip.filed_by_hand",
    arrange: async (scene) => {
      const report = await aReport(scene, "approved");
      await takenOut(report);
      return { path: `/api/cybertips/${report.reportId}/filed-by-hand`, body: filedByHand() };
    },
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/file",
    action: "cybertip.filing_asked",
    // Asked for already: asking again changes nothing.
    arrange: beingFiled("/file", { notFiledByHand: false }),
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/stop",
    action: "cybertip.stop_asked",
    arrange: beingFiled("/stop"),
  },
  {
    ...specialist,
    method: "POST",
    route: "/api/cybertips/[id]/try-again",
    action: "cybertip.filing_retried",
    // Live submission is off: it goes no further than that.
    status: 409,
    arrange: beingFiled("/try-again", { notFiledByHand: false }),
  },
  {
    ...specialist,
    others: "not-found",
    method: "POST",
    route: "/api/cybertips/[id]/answer/read",
    action: "cybertip.answer_read",
    arrange: async (scene, right) => {
      const report = await aReport(scene, "approved");
      const stepId = await keptAnswer(report);
      const viewId = await openForReport(right, report.caseId);
      return { path: `/api/cybertips/${report.reportId}/answer/read`, body: { viewId, stepId } };
    },
  },
  {
    ...reader,
    method: "GET",
    route: "/api/cybertips/[id]/receipt",
    action: "cybertip.receipt_exported",
    arrange: about("filed", "/receipt"),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/cybertips/[id]/hold",
    action: "cybertip.held",
    arrange: about("filed", "/hold", {
      until: new Date(Date.now() + 700 * 86_400_000).toISOString(),
      reason: "A trial is to be expected in this matter.",
    }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/cybertips/[id]/destruction",
    action: "cybertip.destruction_asked",
    arrange: about("filed", "/destruction", A_DESTRUCTION),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/cybertips/[id]/destruction/call-off",
    action: "cybertip.destruction_called_off",
    arrange: async (scene) => ({
      path: `/api/cybertips/${(await destructionAsked(scene)).reportId}/destruction/call-off`,
    }),
  },
  {
    ...counsel,
    roles: ["legal_counsel", "specialist"],
    method: "POST",
    route: "/api/cybertips/[id]/destruction/confirm",
    action: "cybertip.destroyed",
    arrange: async (scene) => ({
      path: `/api/cybertips/${(await destructionAsked(scene)).reportId}/destruction/confirm`,
    }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/cybertips/[id]/destruction/proof",
    action: "cybertip.proof_read",
    arrange: async (scene) => {
      const { reportId, approver } = await destructionAsked(scene);
      const at = `/api/cybertips/${reportId}/destruction`;
      const done = await call("POST", `${at}/confirm`, { cookie: approver.cookie });
      if (done.status !== 200) throw new Error(`Not destroyed: ${done.status}`);
      return { path: `${at}/proof` };
    },
  },
];

/** Somebody of the right roles who is not cleared: for them there is no such report, wherever their queues and regions lie. */
const UNCLEARED = { otherQueue: "not-found", otherRegion: "not-found", colleague: "not-found" } as const;
const COUNSEL = { otherQueue: "wrong-role", otherRegion: "wrong-role", colleague: "wrong-role" } as const;

export const CYBERTIP_REACH = Object.fromEntries(
  CYBERTIP_ROUTES.filter(({ route }) => route.includes("[id]")).map(({ method, route, roles }) => [
    `${method} ${route}`,
    roles.length === 1 && roles[0] === "legal_counsel" ? COUNSEL : UNCLEARED,
  ]),
);
