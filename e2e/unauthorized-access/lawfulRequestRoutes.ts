import { randomUUID } from "node:crypto";
import { approvedRequest } from "../../server/legal/test/approvedRequest.ts";
import { admin } from "../support/admin.ts";
import { call, jsonOf } from "../support/http.ts";
import type { Bearer, Scene } from "./scene.ts";
import type { Aim, StaffRoute } from "./staffRoutes.ts";

const WHY = "The letter says so, and somebody looked it up.";
const counsel = { right: "legal_counsel", roles: ["legal_counsel"], status: 200 } as const;
const reader = { ...counsel, roles: ["legal_counsel", "compliance_officer"] } as const;

const aLetter = (scene: Scene, told: object = {}) => ({
  type: "dsa_art_9",
  jurisdiction: "DE",
  issuer: "agency",
  agencyName: "Example Authority",
  officerName: "Officer Example",
  reference: `REF-${randomUUID().slice(0, 8)}`,
  channel: "email",
  receivedAt: new Date(Date.now() - 60_000).toISOString(),
  categories: ["subscriber"],
  accounts: [{ platformId: scene.platform.id, accountId: `p-${randomUUID().slice(0, 8)}` }],
  ...told,
});

async function must<T>(path: string, by: Bearer, body: object): Promise<T> {
  const answer = await call("POST", path, { cookie: by.cookie, body });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return jsonOf<T>(answer);
}

async function registered(scene: Scene, by: Bearer, told: object = {}): Promise<string> {
  return (await must<{ requestId: string }>("/api/lawful-requests", by, aLetter(scene, told))).requestId;
}

/** A call about a request that was registered by whoever may call it. */
const about =
  (path: string, body?: object, told: object = {}) =>
  async (scene: Scene): Promise<Aim> => {
    const by = await scene.bearer(["legal_counsel"]);
    const requestId = await registered(scene, by, told);
    return { path: `/api/lawful-requests/${requestId}${path}`, ...(body ? { body } : {}) };
  };

async function person({ member: { id } }: Bearer): Promise<{ id: string; sessionId: string }> {
  const [row] = await admin()<
    { id: string }[]
  >`select id from staff.sessions where staff_id = ${id} order by id desc limit 1`;
  return { id, sessionId: row?.id ?? "" };
}

/** A request in review whose requester is verified, handled by others than the caller. */
async function toApprove(scene: Scene): Promise<Aim> {
  const [first, second] = await Promise.all([
    scene.bearer(["legal_counsel"]),
    scene.bearer(["legal_counsel"]),
  ]);
  const { requestId } = await approvedRequest(
    { admin: admin(), platformId: scene.platform.id },
    { first: await person(first), second: await person(second) },
    { accounts: [`p-${randomUUID().slice(0, 8)}`] },
  );
  const [row] = await admin()`
    update legal.requests set state = 'in_review', allowed = '{}', approved_by = null, approved_at = null, approved_version = null
     where id = ${requestId} returning encode(digest, 'hex') as digest`;
  return {
    path: `/api/lawful-requests/${requestId}/approve`,
    body: { scopeVersion: 1, digest: row?.digest },
  };
}

async function agency(by: Bearer): Promise<string> {
  const { agencyId } = await must<{ agencyId: string }>("/api/agencies", by, anAgency());
  return agencyId;
}
const anAgency = () => ({ name: `Example ${randomUUID()}`, country: "US", kind: "police", source: WHY });
const A_NUMBER = { number: "+1 202 555 0123", label: "Front desk", source: WHY };

/** A number that another counsel entered. */
async function number(scene: Scene, path: string, body: object): Promise<Aim> {
  const by = await scene.bearer(["legal_counsel"]);
  const { numberId } = await must<{ numberId: string }>(
    `/api/agencies/${await agency(by)}/numbers`,
    by,
    A_NUMBER,
  );
  return { path: `/api/agencies/numbers/${numberId}/${path}`, body };
}

const SUBPOENA = {
  type: "subpoena",
  jurisdiction: "US",
  issuer: "police",
  categories: ["subscriber", "traffic"],
};

/** The register of lawful requests: counsel work in it, officers read it. */
export const LAWFUL_REQUEST_ROUTES: readonly StaffRoute[] = [
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests",
    action: "legal.listed",
    arrange: async () => ({ path: "/api/lawful-requests" }),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/lawful-requests",
    action: "legal.registered",
    arrange: async (scene) => ({ path: "/api/lawful-requests", body: aLetter(scene) }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/deadlines",
    action: "legal.deadlines_read",
    arrange: async () => ({ path: "/api/lawful-requests/deadlines" }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/figures",
    action: "legal.figures_read",
    arrange: async () => ({ path: "/api/lawful-requests/figures" }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/[id]",
    action: "legal.read",
    arrange: about(""),
  },
  {
    ...counsel,
    method: "PATCH",
    route: "/api/lawful-requests/[id]",
    action: "legal.changed",
    arrange: about("", { nature: "Read anew.", scopeVersion: 1, reason: WHY }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/lawful-requests/[id]/accounts",
    action: "legal.accounts_changed",
    arrange: about("/accounts", { drop: [1], scopeVersion: 1, reason: WHY }),
  },
  ...(
    [
      ["acknowledge", "legal.acknowledged", {}],
      ["review", "legal.taken_into_review", {}],
      ["need-info", "legal.info_asked", { question: WHY }],
      ["reject", "legal.rejected", { ground: "not_valid", reason: WHY }],
      ["withdraw", "legal.withdrawn", { reason: WHY }],
      ["no-records", "legal.no_records_found", {}],
    ] as const
  ).map(([path, action, body]) => ({
    ...counsel,
    method: "POST" as const,
    route: `/api/lawful-requests/[id]/${path}`,
    action,
    arrange: about(`/${path}`, body),
  })),
  {
    ...counsel,
    method: "POST",
    route: "/api/lawful-requests/[id]/approve",
    action: "legal.approved",
    arrange: toApprove,
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/lawful-requests/[id]/close",
    action: "legal.closed",
    async arrange(scene) {
      const by = await scene.bearer(["legal_counsel"]);
      const path = `/api/lawful-requests/${await registered(scene, by)}`;
      await must(`${path}/withdraw`, by, { reason: WHY });
      return { path: `${path}/close`, body: {} };
    },
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/lawful-requests/[id]/exceed",
    action: "legal.exception_asked",
    arrange: about("/exceed", { category: "traffic", reason: WHY }, SUBPOENA),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/lawful-requests/[id]/exceed/answer",
    action: "legal.exception_answered",
    async arrange(scene) {
      const by = await scene.bearer(["legal_counsel"]);
      const path = `/api/lawful-requests/${await registered(scene, by, SUBPOENA)}/exceed`;
      const { exceptionId } = await must<{ exceptionId: string }>(path, by, {
        category: "traffic",
        reason: WHY,
      });
      return { path: `${path}/answer`, body: { exceptionId, answer: "refused", reason: WHY } };
    },
  },
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/[id]/scope",
    action: "legal.scope_counted",
    arrange: about("/scope"),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/[id]/verifications",
    action: "legal.verification_read",
    arrange: about("/verifications"),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/lawful-requests/[id]/verifications",
    action: "legal.checked",
    arrange: about("/verifications", { kind: "second_person", outcome: "unclear", note: WHY }),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/lawful-requests/[id]/documents",
    action: "legal.document_added",
    arrange: about("/documents", { these: "bytes" }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/lawful-requests/[id]/documents/[n]/read",
    action: "legal.document_read",
    async arrange(scene) {
      const by = await scene.bearer(["legal_counsel"]);
      const path = `/api/lawful-requests/${await registered(scene, by)}/documents`;
      await must(path, by, { these: "bytes" });
      return { path: `${path}/1/read` };
    },
  },
  {
    ...reader,
    method: "GET",
    route: "/api/agencies",
    action: "legal.agencies_read",
    arrange: async () => ({ path: "/api/agencies" }),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/agencies",
    action: "legal.agency_entered",
    arrange: async () => ({ path: "/api/agencies", body: anAgency() }),
  },
  {
    ...counsel,
    method: "PATCH",
    route: "/api/agencies/[id]",
    action: "legal.agency_changed",
    arrange: async (scene) => ({
      path: `/api/agencies/${await agency(await scene.bearer(["legal_counsel"]))}`,
      body: { kind: "prosecutor", source: WHY },
    }),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/agencies/[id]/numbers",
    action: "legal.number_entered",
    arrange: async (scene) => ({
      path: `/api/agencies/${await agency(await scene.bearer(["legal_counsel"]))}/numbers`,
      body: A_NUMBER,
    }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/agencies/numbers/[id]/confirm",
    action: "legal.number_confirmed",
    arrange: (scene) => number(scene, "confirm", { source: WHY }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/agencies/numbers/[id]/retire",
    action: "legal.number_retired",
    arrange: (scene) => number(scene, "retire", { reason: WHY }),
  },
];

/** Nobody of triage works on lawful requests: the role alone decides, whatever queue or region. */
const WRONG = { otherQueue: "wrong-role", otherRegion: "wrong-role", colleague: "wrong-role" } as const;

export const LAWFUL_REQUEST_REACH = Object.fromEntries(
  LAWFUL_REQUEST_ROUTES.filter(({ route }) => route.includes("[id]")).map(({ method, route }) => [
    `${method} ${route}`,
    WRONG,
  ]),
);
