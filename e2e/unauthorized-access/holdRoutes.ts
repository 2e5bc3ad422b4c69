import { randomUUID } from "node:crypto";
import { received } from "../../server/legal/test/preservation.ts";
import { admin } from "../support/admin.ts";
import { call, jsonOf } from "../support/http.ts";
import type { Bearer, Scene } from "./scene.ts";
import type { Aim, StaffRoute } from "./staffRoutes.ts";

const WHY = "The authority asked for it in its letter of this week.";
const counsel = { right: "legal_counsel", roles: ["legal_counsel"], status: 200 } as const;
const reader = { ...counsel, roles: ["legal_counsel", "compliance_officer"] } as const;

async function must<T>(method: "GET" | "POST", path: string, by: Bearer, body?: object): Promise<T> {
  const answer = await call(method, path, { cookie: by.cookie, ...(body ? { body } : {}) });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return jsonOf<T>(answer);
}

/** A request about an account that we know nothing of: nothing of it lies in anybody's regions. */
async function asked(scene: Scene, type = "preservation_2703f", policy = "not_applicable"): Promise<string> {
  const { member } = await scene.bearer(["legal_counsel"]);
  return received({ admin: admin(), platformId: scene.platform.id }, member, {
    type,
    accounts: [`p-${randomUUID()}`],
    policy,
    jurisdiction: type.startsWith("epoc") ? "EU" : "US",
  });
}

async function held(scene: Scene, right: Bearer, kind = "2703f") {
  const requestId = await asked(scene, kind === "epoc_pr" ? "epoc_pr" : undefined);
  const { holdId, until } = await must<{ holdId: string; until: string }>(
    "POST",
    `/api/lawful-requests/${requestId}/holds`,
    right,
    { kind, reason: WHY },
  );
  return { requestId, holdId, until };
}

const ofRequest = (path: string, body?: object, type?: string, policy?: string) => async (scene: Scene) => ({
  path: `/api/lawful-requests/${await asked(scene, type, policy)}${path}`,
  ...(body ? { body } : {}),
});

const ofHold = (path: string, body?: object) => async (scene: Scene, right: Bearer) => ({
  path: `/api/holds/${(await held(scene, right)).holdId}${path}`,
  ...(body ? { body } : {}),
});

async function notice(scene: Scene, right: Bearer) {
  const requestId = await asked(scene, "subpoena", "before");
  const path = `/api/lawful-requests/${requestId}/notices`;
  await must("POST", path, right, { template: "before" });
  const { notices } = await must<{ notices: { id: string; textSha256: string }[] }>("GET", path, right);
  return notices[0] ?? { id: "", textSha256: "" };
}

async function erasure(scene: Scene): Promise<string> {
  const [row] = await admin()`
    insert into legal.erasures (platform_id, platform_erasure_id, scope, subject, salt, subject_hash, event_id)
    values (${scene.platform.id}, ${randomUUID()}, 'account', 'p-nobody', uuid_send(gen_random_uuid()), sha256('x'), gen_random_uuid())
    returning id`;
  return row?.id;
}

const arranged = (arrange: (scene: Scene, right: Bearer) => Promise<Aim>) => arrange;

/** Holds, erasures and notices to accounts: counsel acts, officers read figures and days. */
export const HOLD_ROUTES: readonly StaffRoute[] = [
  {
    ...reader,
    method: "GET",
    route: "/api/holds",
    action: "legal.holds_listed",
    arrange: async () => ({ path: "/api/holds" }),
  },
  { ...reader, method: "GET", route: "/api/holds/[id]", action: "legal.hold_read", arrange: ofHold("") },
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/[id]/holds",
    action: "legal.holds_listed",
    arrange: ofRequest("/holds"),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/lawful-requests/[id]/holds",
    action: "legal.held",
    arrange: ofRequest("/holds", { kind: "2703f", reason: WHY }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/holds/[id]/renew",
    action: "legal.hold_renewed",
    arrange: arranged(async (scene, right) => {
      const { holdId, until } = await held(scene, right);
      return {
        path: `/api/holds/${holdId}/renew`,
        body: { reason: WHY, reference: "Letter 2", expectedUntil: until },
      };
    }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/holds/[id]/release",
    action: "legal.hold_released",
    arrange: ofHold("/release", { reason: WHY }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/holds/[id]/release/call-off",
    action: "legal.hold_release_called_off",
    arrange: arranged(async (scene, right) => {
      const { holdId } = await held(scene, right);
      await must("POST", `/api/holds/${holdId}/release`, right, { reason: WHY });
      return { path: `/api/holds/${holdId}/release/call-off` };
    }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/holds/[id]/confirm-production",
    action: "legal.hold_production_confirmed",
    arrange: arranged(async (scene, right) => ({
      path: `/api/holds/${(await held(scene, right, "epoc_pr")).holdId}/confirm-production`,
      body: { requestId: await asked(scene, "epoc"), reference: "Annex V" },
    })),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/holds/[id]/review",
    action: "legal.hold_reviewed",
    arrange: arranged(async (scene, right) => {
      const { holdId } = await must<{ holdId: string }>(
        "POST",
        `/api/lawful-requests/${await asked(scene, "warrant")}/holds`,
        right,
        { kind: "litigation", reason: WHY },
      );
      return { path: `/api/holds/${holdId}/review`, body: { reason: WHY } };
    }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/holds/[id]/check",
    action: "legal.hold_check_asked",
    arrange: ofHold("/check"),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/erasures",
    action: "legal.erasures_listed",
    arrange: async () => ({ path: "/api/erasures" }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/erasures/[id]",
    action: "legal.erasure_read",
    arrange: arranged(async (scene) => ({ path: `/api/erasures/${await erasure(scene)}` })),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/[id]/notices",
    action: "legal.notices_listed",
    arrange: ofRequest("/notices"),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/lawful-requests/[id]/notices",
    action: "legal.notice_planned",
    arrange: ofRequest("/notices", { template: "before" }, "subpoena", "before"),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/lawful-requests/[id]/notice-policy",
    action: "legal.notice_policy_set",
    arrange: ofRequest("/notice-policy", { policy: "after", gag: null, reason: WHY }, "subpoena", "before"),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/lawful-requests/[id]/gag-review",
    action: "legal.gag_reviewed",
    arrange: arranged(async (scene, right) => {
      const requestId = await asked(scene, "subpoena", "before");
      await must("POST", `/api/lawful-requests/${requestId}/notice-policy`, right, {
        policy: "before",
        gag: { reference: "Order 1", until: null },
        reason: WHY,
      });
      return {
        path: `/api/lawful-requests/${requestId}/gag-review`,
        body: { outcome: "still_barred", reason: WHY },
      };
    }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/user-notices/[id]/send",
    action: "legal.notice_released",
    arrange: arranged(async (scene, right) => {
      const { id, textSha256 } = await notice(scene, right);
      return { path: `/api/user-notices/${id}/send`, body: { textSha256 } };
    }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/user-notices/[id]/bar",
    action: "legal.notice_barred",
    arrange: arranged(async (scene, right) => ({
      path: `/api/user-notices/${(await notice(scene, right)).id}/bar`,
      body: { reason: WHY },
    })),
  },
];

/** Who reads threads elsewhere is no counsel. */
const WRONG = { otherQueue: "wrong-role", otherRegion: "wrong-role", colleague: "wrong-role" } as const;

export const HOLD_REACH = Object.fromEntries(
  HOLD_ROUTES.filter(({ route }) => route.includes("[id]")).map(({ method, route }) => [
    `${method} ${route}`,
    WRONG,
  ]),
);
