import type { AuditAction } from "../../domain/auditActions.ts";
import type { DenialCode } from "../../domain/denials.ts";
import { ROLES, type Role } from "../../domain/vocabulary.ts";
import { ACCESS_ROUTES } from "./accessRoutes.ts";
import { ATTACHMENT_ROUTES } from "./attachmentRoutes.ts";
import { COLLECTION_ROUTES } from "./collectionRoutes.ts";
import { CYBERTIP_ROUTES } from "./cybertipRoutes.ts";
import { DESK_ROUTES } from "./deskRoutes.ts";
import { HOLD_ROUTES } from "./holdRoutes.ts";
import { LAWFUL_REQUEST_ROUTES } from "./lawfulRequestRoutes.ts";
import { PRODUCTION_ROUTES } from "./productionRoutes.ts";
import {
  A_FLAG,
  type Bearer,
  claim,
  decide,
  NOTHING_WRONG,
  openView,
  PRESET,
  type Scene,
  someEvent,
} from "./scene.ts";
import { SIGNAL_ROUTES } from "./signalRoutes.ts";

/** What a call is aimed at once the scene is set: `right` would succeed with it. */
export interface Aim {
  readonly path: string;
  readonly body?: object;
}

/** A method of a route of the staff API, and whom it must refuse. */
export interface StaffRoute {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As the folder is called. */
  readonly route: string;
  readonly action: AuditAction;
  /** Who may call it, on something that lies within their reach. */
  readonly roles: readonly Role[];
  /** How everybody else is refused; `wrong-role` unless told. */
  readonly others?: DenialCode;
  /** The role whose call succeeds once the scene is set. */
  readonly right: Role;
  readonly status: number;
  arrange(scene: Scene, right: Bearer): Promise<Aim>;
}

const TRIAGE: readonly Role[] = ["moderator", "specialist", "lead"];
const QUEUES: readonly Role[] = [...TRIAGE, "compliance_officer"];

const plain = (path: string) => async (): Promise<Aim> => ({ path });

async function claimed(scene: Scene, right: Bearer): Promise<string> {
  const { caseId } = await scene.arrive();
  await claim(right, caseId);
  return caseId;
}

async function opened(scene: Scene, right: Bearer): Promise<string> {
  return openView(right, await claimed(scene, right));
}

const triage = { right: "moderator", roles: TRIAGE } as const;
const log = { right: "compliance_officer", roles: ROLES } as const;

/**
 * Every route × method of the staff API. `table.test.ts` holds this list against the folders and against the build: a
 * route that is not here fails the suite.
 */
export const STAFF_ROUTES: readonly StaffRoute[] = [
  {
    method: "GET",
    route: "/api/me",
    action: "staff.me",
    right: "moderator",
    roles: ROLES,
    status: 200,
    arrange: plain("/api/me"),
  },
  {
    method: "GET",
    route: "/api/live",
    action: "staff.live",
    right: "moderator",
    roles: ROLES,
    status: 200,
    arrange: plain("/api/live"),
  },
  {
    method: "GET",
    route: "/api/queues",
    action: "queue.list",
    right: "moderator",
    roles: QUEUES,
    status: 200,
    arrange: plain("/api/queues"),
  },
  {
    method: "GET",
    route: "/api/queues/[id]/cases",
    action: "queue.read",
    right: "moderator",
    roles: QUEUES,
    status: 200,
    arrange: async (scene) => ({ path: `/api/queues/${scene.queue}/cases` }),
  },
  {
    ...triage,
    method: "POST",
    route: "/api/queues/[id]/claim-next",
    action: "case.claimed",
    status: 200,
    async arrange(scene) {
      await scene.arrive();
      return { path: `/api/queues/${scene.queue}/claim-next` };
    },
  },
  {
    method: "GET",
    route: "/api/cases/[id]",
    action: "case.read",
    right: "moderator",
    roles: QUEUES,
    status: 200,
    arrange: async (scene) => ({ path: `/api/cases/${(await scene.arrive()).caseId}` }),
  },
  {
    ...triage,
    method: "POST",
    route: "/api/cases/[id]/claim",
    action: "case.claimed",
    status: 200,
    arrange: async (scene) => ({ path: `/api/cases/${(await scene.arrive()).caseId}/claim` }),
  },
  {
    ...triage,
    method: "DELETE",
    route: "/api/cases/[id]/claim",
    action: "case.released",
    others: "not-your-claim",
    status: 204,
    arrange: async (scene, right) => ({ path: `/api/cases/${await claimed(scene, right)}/claim` }),
  },
  {
    ...triage,
    method: "POST",
    route: "/api/cases/[id]/heartbeat",
    action: "case.claim_kept",
    others: "not-your-claim",
    status: 200,
    arrange: async (scene, right) => ({ path: `/api/cases/${await claimed(scene, right)}/heartbeat` }),
  },
  {
    ...triage,
    method: "POST",
    route: "/api/cases/[id]/views",
    action: "access.requested",
    status: 201,
    arrange: async (scene, right) => ({
      path: `/api/cases/${await claimed(scene, right)}/views`,
      body: PRESET,
    }),
  },
  {
    ...triage,
    method: "POST",
    route: "/api/cases/[id]/decisions",
    action: "case.decided",
    status: 201,
    arrange: async (scene, right) => ({
      path: `/api/cases/${await claimed(scene, right)}/decisions`,
      body: NOTHING_WRONG,
    }),
  },
  {
    ...triage,
    method: "POST",
    route: "/api/cases/[id]/flags",
    action: "case.flagged",
    status: 201,
    arrange: async (scene) => ({ path: `/api/cases/${(await scene.arrive()).caseId}/flags`, body: A_FLAG }),
  },
  {
    ...triage,
    method: "POST",
    route: "/api/decisions/[id]/undo",
    action: "case.decision_undone",
    status: 204,
    async arrange(scene, right) {
      const caseId = await claimed(scene, right);
      return { path: `/api/decisions/${await decide(right, caseId)}/undo` };
    },
  },
  {
    ...triage,
    method: "POST",
    route: "/api/views/[id]/read",
    action: "view.read",
    others: "not-found",
    status: 200,
    arrange: async (scene, right) => ({ path: `/api/views/${await opened(scene, right)}/read` }),
  },
  {
    ...triage,
    method: "POST",
    route: "/api/views/[id]/close",
    action: "view.closed",
    others: "not-found",
    status: 204,
    arrange: async (scene, right) => ({ path: `/api/views/${await opened(scene, right)}/close` }),
  },
  {
    ...log,
    method: "GET",
    route: "/api/audit/events",
    action: "audit.searched",
    status: 200,
    arrange: plain("/api/audit/events"),
  },
  {
    ...log,
    method: "GET",
    route: "/api/audit/newer",
    action: "audit.searched",
    status: 200,
    arrange: async (scene) => ({
      path: `/api/audit/newer?after=${await someEvent((await scene.arrive()).caseId)}`,
    }),
  },
  {
    ...log,
    method: "GET",
    route: "/api/audit/people",
    action: "audit.searched",
    status: 200,
    arrange: plain("/api/audit/people"),
  },
  {
    ...log,
    roles: ["compliance_officer"],
    others: "not-found",
    method: "GET",
    route: "/api/audit/events/[id]",
    action: "audit.searched",
    status: 200,
    arrange: async (scene) => ({
      path: `/api/audit/events/${await someEvent((await scene.arrive()).caseId)}`,
    }),
  },
  {
    ...log,
    roles: ["compliance_officer"],
    others: "not-found",
    method: "GET",
    route: "/api/audit/cases/[id]",
    action: "audit.searched",
    status: 200,
    arrange: async (scene) => ({ path: `/api/audit/cases/${(await scene.arrive()).caseId}` }),
  },
  {
    ...log,
    roles: ["compliance_officer"],
    method: "GET",
    route: "/api/audit/staff/[id]",
    action: "audit.searched",
    status: 200,
    arrange: async (_, right) => ({ path: `/api/audit/staff/${right.member.id}` }),
  },
  {
    ...log,
    roles: ["compliance_officer"],
    method: "GET",
    route: "/api/audit/export",
    action: "audit.exported",
    status: 200,
    arrange: plain("/api/audit/export?format=csv"),
  },
  {
    ...log,
    roles: ["compliance_officer", "auditor", "administrator"],
    method: "GET",
    route: "/api/audit/feeds",
    action: "siem.listed",
    status: 200,
    arrange: plain("/api/audit/feeds"),
  },
  ...ACCESS_ROUTES,
  ...SIGNAL_ROUTES,
  ...DESK_ROUTES,
  ...CYBERTIP_ROUTES,
  ...LAWFUL_REQUEST_ROUTES,
  ...COLLECTION_ROUTES,
  ...PRODUCTION_ROUTES,
  ...HOLD_ROUTES,
  ...ATTACHMENT_ROUTES,
];

/** Routes that no session opens: by a platform's key, for anybody, or the way to a session. Each has tests of its own. */
export const OTHER_ROUTES: readonly { method: "GET" | "POST"; route: string; why: string }[] = [
  { method: "POST", route: "/api/intake/v1/flags", why: "keys of platforms: platformKeys.test.ts" },
  { method: "POST", route: "/api/intake/v1/erasures", why: "keys of platforms: platformKeys.test.ts" },
  { method: "GET", route: "/api/intake/v1/erasures/[id]", why: "keys of platforms: platformKeys.test.ts" },
  { method: "GET", route: "/api/intake/v1/notices", why: "keys of platforms: platformKeys.test.ts" },
  {
    method: "POST",
    route: "/api/intake/v1/notices/[id]/delivered",
    why: "keys of platforms: platformKeys.test.ts",
  },
  ...(["open", "acknowledge", "download"] as const).map((verb) => ({
    method: "POST" as const,
    route: `/api/delivery/${verb}`,
    why: "a link and a code: server/legal/deliveries/deliveries.test.ts",
  })),
  {
    method: "GET",
    route: "/api/delivery/download",
    why: "what link and code open: server/legal/deliveries/deliveries.test.ts",
  },
  { method: "GET", route: "/api/audit/feed", why: "keys of machines: feedKeys.test.ts" },
  { method: "GET", route: "/api/auth/[...nextauth]", why: "the way to a session: signIn.test.ts" },
  { method: "POST", route: "/api/auth/[...nextauth]", why: "the way to a session: signIn.test.ts" },
  { method: "GET", route: "/api/health/live", why: "says one word to anybody: open.test.ts" },
  { method: "GET", route: "/api/health/ready", why: "says one word to anybody: open.test.ts" },
  { method: "GET", route: "/api/openapi.json", why: "what platforms may send, for anybody: open.test.ts" },
  { method: "GET", route: "/api/docs", why: "the same to read, for anybody: open.test.ts" },
];
