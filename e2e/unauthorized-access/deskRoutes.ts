import type { Role } from "../../domain/vocabulary.ts";
import { askVerification, noVerification, someThread } from "./scene.ts";
import type { StaffRoute } from "./staffRoutes.ts";

const INTEGRITY: readonly Role[] = ["compliance_officer", "administrator", "auditor"];
const officer = { right: "compliance_officer", roles: ["compliance_officer"] } as const;
const log = { right: "compliance_officer" } as const;
const plain = (path: string) => async () => ({ path });

/** Who read what, the integrity of the log, the desk. */
export const DESK_ROUTES: readonly StaffRoute[] = [
  {
    ...officer,
    method: "GET",
    route: "/api/audit/staff/[id]/views",
    action: "audit.searched",
    status: 200,
    arrange: async (_, right) => ({ path: `/api/audit/staff/${right.member.id}/views` }),
  },
  {
    ...officer,
    method: "GET",
    route: "/api/audit/staff/[id]/views/export",
    action: "audit.exported",
    status: 200,
    arrange: async (_, right) => ({ path: `/api/audit/staff/${right.member.id}/views/export` }),
  },
  {
    ...officer,
    method: "GET",
    route: "/api/audit/threads/[id]",
    action: "audit.searched",
    status: 200,
    arrange: async (scene) => ({ path: `/api/audit/threads/${await someThread(scene)}` }),
  },
  {
    ...officer,
    method: "GET",
    route: "/api/audit/threads/[id]/export",
    action: "audit.exported",
    status: 200,
    arrange: async (scene) => ({ path: `/api/audit/threads/${await someThread(scene)}/export` }),
  },
  {
    ...officer,
    method: "GET",
    route: "/api/audit/threads/[id]/person",
    action: "audit.exported",
    status: 200,
    arrange: async (scene) => ({ path: `/api/audit/threads/${await someThread(scene)}/person` }),
  },
  {
    ...officer,
    method: "GET",
    route: "/api/compliance",
    action: "desk.read",
    status: 200,
    arrange: plain("/api/compliance"),
  },
  {
    ...log,
    roles: INTEGRITY,
    method: "GET",
    route: "/api/integrity",
    action: "log.state_read",
    status: 200,
    arrange: plain("/api/integrity"),
  },
  {
    ...log,
    roles: INTEGRITY,
    method: "POST",
    route: "/api/integrity/verifications",
    action: "log.verification_asked",
    status: 201,
    async arrange() {
      await noVerification();
      return { path: "/api/integrity/verifications" };
    },
  },
  {
    ...log,
    roles: INTEGRITY,
    method: "DELETE",
    route: "/api/integrity/verifications/[id]",
    action: "log.verification_cancelled",
    status: 204,
    async arrange(_, right) {
      await noVerification();
      return { path: `/api/integrity/verifications/${await askVerification(right)}` };
    },
  },
];
