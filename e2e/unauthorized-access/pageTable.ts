import type { AuditAction } from "../../domain/auditActions.ts";
import { ROLES, type Role } from "../../domain/vocabulary.ts";

/** A page, and whom it must send away. */
export interface Page {
  /** As the folder is called. */
  readonly page: string;
  /** Anybody may see it: it knows nothing of anyone. */
  readonly open?: true;
  readonly roles: readonly Role[];
  /** What the refusal of a wrong role is recorded as. */
  readonly action?: AuditAction;
}

const QUEUES: readonly Role[] = ["moderator", "specialist", "lead", "compliance_officer"];

const REGISTER: readonly Role[] = ["compliance_officer", "legal_counsel"];

/** A page's address, with an id wherever its folders want one. */
export const addressWith = (page: string, id: string): string => page.replaceAll(/\[\w+\]/g, id);

/** Every page. `table.test.ts` holds this list against the folders and against the build. */
export const PAGES: readonly Page[] = [
  { page: "/", roles: ROLES },
  { page: "/sign-in", open: true, roles: ROLES },
  { page: "/queues", roles: QUEUES, action: "queue.list" },
  { page: "/queues/[id]", roles: QUEUES, action: "queue.read" },
  { page: "/cases/[id]", roles: QUEUES, action: "case.read" },
  {
    page: "/approvals",
    roles: ["moderator", "specialist", "lead", "compliance_officer", "legal_counsel"],
    action: "request.listed",
  },
  {
    page: "/break-glass",
    roles: ["moderator", "specialist", "lead", "compliance_officer", "administrator"],
    action: "glass.listed",
  },
  { page: "/watch-list", roles: ["compliance_officer"], action: "watch.listed" },
  // What is or was in force is for everybody; what is only drafted, the database shows to whom it concerns.
  { page: "/access-policy", roles: ROLES },
  { page: "/account", roles: ROLES },
  // Everybody reads their own acts; whose acts these are, the database decides for each call of the page.
  { page: "/audit", roles: ROLES },
  { page: "/audit/events/[id]", roles: ROLES },
  { page: "/audit/cases/[id]", roles: ROLES },
  { page: "/audit/staff/[id]", roles: ROLES },
  {
    page: "/threads/[id]/readers",
    roles: ["compliance_officer", "auditor"],
    action: "audit.searched",
  },
  { page: "/integrity", roles: ["compliance_officer", "administrator", "auditor"], action: "log.state_read" },
  { page: "/compliance", roles: ["compliance_officer"], action: "desk.read" },
  { page: "/signals", roles: ["compliance_officer"], action: "signal.listed" },
  // Specialists with the clearance for child safety, which one of that role alone has in these tests.
  {
    page: "/cybertips",
    roles: ["compliance_officer", "legal_counsel", "specialist"],
    action: "cybertip.listed",
  },
  {
    page: "/cybertips/[id]",
    roles: ["compliance_officer", "legal_counsel", "specialist"],
    action: "cybertip.read",
  },
  { page: "/reviews", roles: ["compliance_officer"], action: "review.listed" },
  // Counsel work on lawful requests; officers read the register, its directory and what is held.
  { page: "/lawful-requests", roles: REGISTER, action: "legal.listed" },
  { page: "/lawful-requests/new", roles: ["legal_counsel"], action: "legal.registered" },
  { page: "/lawful-requests/[id]", roles: REGISTER, action: "legal.read" },
  {
    page: "/lawful-requests/[id]/collections/[collectionId]",
    roles: REGISTER,
    action: "legal.collection_read",
  },
  {
    page: "/lawful-requests/[id]/productions/[productionId]",
    roles: REGISTER,
    action: "legal.packet_read",
  },
  // For recipients of packets, who have no account. Each knows nothing before link and code fit.
  { page: "/delivery", open: true, roles: ROLES },
  { page: "/verify-a-packet", open: true, roles: ROLES },
  { page: "/agencies", roles: REGISTER, action: "legal.agencies_read" },
  { page: "/holds", roles: REGISTER, action: "legal.holds_listed" },
];
