import { randomBytes, randomUUID } from "node:crypto";
import { approvedRequest } from "../../server/legal/test/approvedRequest.ts";
import { admin } from "../support/admin.ts";
import { call, jsonOf } from "../support/http.ts";
import type { Bearer, Scene } from "./scene.ts";
import type { Aim, StaffRoute } from "./staffRoutes.ts";

const WHY = "The officer asked for one packet less than was built.";
const counsel = { right: "legal_counsel", roles: ["legal_counsel"], status: 200 } as const;
const reader = { ...counsel, roles: ["legal_counsel", "compliance_officer"] } as const;

async function person({ member: { id } }: Bearer): Promise<{ id: string; sessionId: string }> {
  const [row] = await admin()<
    { id: string }[]
  >`select id from staff.sessions where staff_id = ${id} order by id desc limit 1`;
  return { id, sessionId: row?.id ?? "" };
}

async function must<T>(path: string, by: Bearer, body: object): Promise<T> {
  const answer = await call("POST", path, { cookie: by.cookie, body });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return jsonOf<T>(answer);
}

/** A collection that another counsel than `right` made, reviewed and handed in. */
async function handedIn(scene: Scene, right: Bearer) {
  const { flag } = await scene.arrive();
  const other = await scene.bearer(["legal_counsel"]);
  const { requestId } = await approvedRequest(
    { admin: admin(), platformId: scene.platform.id },
    { first: await person(other), second: await person(right) },
    { accounts: [flag.thread.participants[0]?.id ?? ""] },
  );
  const { id } = await must<{ id: string }>(`/api/lawful-requests/${requestId}/collections`, other, {});
  await must(`/api/collections/${id}/hand-in`, other, { decisions: 0 });
  return { requestId, collectionId: id, other };
}

/** A packet as it lies in the database in a state, without files: for what is asked of it. How it is built has tests of its own. */
async function packet(scene: Scene, right: Bearer, state: "stuck" | "built" | "released") {
  const made = await handedIn(scene, right);
  const { id: asker, sessionId } = await person(made.other);
  const productionId = randomUUID();
  const manifest = randomBytes(64);
  const whole = state !== "stuck";
  await admin()`
    insert into legal.productions (id, request_id, collection_id, round, decisions_digest, scope_version, volume, bates_prefix, numbers,
      first_number, records_total, threads, categories, facts, tool_version, asked_by, session_id, asked_event, state, stuck_code,
      stuck_at, export_event, built_at, manifest_sha512, zip_sha512, zip_bytes, vkey)
    select ${productionId}, ${made.requestId}, w.collection_id, w.round, w.digest, 1, 1, 'UNS', 'empty', 1, 0, 0, '{traffic}', '{}',
           'unseal test', ${asker}, ${sessionId}, ${randomUUID()}, ${whole ? "built" : "stuck"}, ${whole ? null : "disk-full"},
           ${whole ? null : new Date()}, ${whole ? randomUUID() : null}, ${whole ? new Date() : null}, ${whole ? manifest : null},
           ${whole ? randomBytes(64) : null}, ${whole ? 22 : null}, ${whole ? "packets.example.org+00000000+AQ==" : null}
      from legal.collection_rounds w where w.collection_id = ${made.collectionId}`;
  if (state === "released") {
    const { id: releaser } = await person(right);
    await admin()`update legal.productions set state = 'released', answered_by = ${releaser}, answered_at = now() where id = ${productionId}`;
  }
  return { productionId, manifestSha512: manifest.toString("hex") };
}

const about =
  (state: "stuck" | "built" | "released", path: string, body?: object) =>
  async (scene: Scene, right: Bearer): Promise<Aim> => {
    const { productionId } = await packet(scene, right, state);
    return { path: `/api/productions/${productionId}${path}`, ...(body ? { body } : {}) };
  };

const TO_AN_OFFICER = { recipientName: "Officer Example", linkBy: "email", codeBy: "phone" };

async function delivery(scene: Scene, right: Bearer, path: string, body?: object): Promise<Aim> {
  const { productionId } = await packet(scene, right, "released");
  const { deliveryId } = await must<{ deliveryId: string }>(
    `/api/productions/${productionId}/deliveries`,
    right,
    TO_AN_OFFICER,
  );
  return { path: `/api/deliveries/${deliveryId}${path}`, ...(body ? { body } : {}) };
}

/** Packets and their deliveries: counsel alone, and officers what became of them. */
export const PRODUCTION_ROUTES: readonly StaffRoute[] = [
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/collections/[id]/productions",
    action: "legal.packet_asked",
    arrange: async (scene, right) => ({
      path: `/api/collections/${(await handedIn(scene, right)).collectionId}/productions`,
      body: {},
    }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/lawful-requests/[id]/productions",
    action: "legal.packet_read",
    arrange: async (scene, right) => ({
      path: `/api/lawful-requests/${(await handedIn(scene, right)).requestId}/productions`,
    }),
  },
  {
    ...reader,
    method: "GET",
    route: "/api/productions/[id]",
    action: "legal.packet_read",
    arrange: about("built", ""),
  },
  {
    ...counsel,
    method: "GET",
    route: "/api/productions/[id]/compare",
    action: "legal.packet_compared",
    arrange: about("built", "/compare"),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/productions/[id]/release",
    action: "legal.packet_released",
    arrange: async (scene, right) => {
      const { productionId, manifestSha512 } = await packet(scene, right, "built");
      const answer = await call("GET", `/api/productions/${productionId}/compare`, { cookie: right.cookie });
      if (answer.status !== 200) throw new Error(answer.text.slice(0, 300));
      return { path: `/api/productions/${productionId}/release`, body: { manifestSha512 } };
    },
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/productions/[id]/send-back",
    action: "legal.packet_sent_back",
    arrange: about("built", "/send-back", { reason: WHY }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/productions/[id]/discard",
    action: "legal.packet_discarded",
    arrange: about("stuck", "/discard", { reason: WHY }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/productions/[id]/try-again",
    action: "legal.packet_retried",
    arrange: about("stuck", "/try-again"),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/productions/[id]/export",
    action: "legal.packet_exported",
    arrange: about("released", "/export", { reason: WHY }),
  },
  {
    ...counsel,
    status: 201,
    method: "POST",
    route: "/api/productions/[id]/deliveries",
    action: "legal.packet_delivered",
    arrange: about("released", "/deliveries", TO_AN_OFFICER),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/deliveries/[id]/recall",
    action: "legal.delivery_recalled",
    arrange: (scene, right) => delivery(scene, right, "/recall", { reason: WHY }),
  },
  {
    ...counsel,
    method: "POST",
    route: "/api/deliveries/[id]/new-code",
    action: "legal.delivery_code_renewed",
    arrange: (scene, right) => delivery(scene, right, "/new-code"),
  },
];

/** Who reads threads elsewhere is no counsel. */
const WRONG = { otherQueue: "wrong-role", otherRegion: "wrong-role", colleague: "wrong-role" } as const;

export const PRODUCTION_REACH = Object.fromEntries(
  PRODUCTION_ROUTES.map(({ method, route }) => [`${method} ${route}`, WRONG]),
);
