import type { MeDto } from "../../contracts/session.ts";
import type { Role } from "../../domain/vocabulary.ts";

const TRIAGE: readonly Role[] = ["moderator", "specialist", "lead"];

const has = (me: MeDto, roles: readonly Role[]): boolean => me.roles.some((role) => roles.includes(role));

/** Whether to offer claiming and deciding. An offer only: the database decides. */
export function mayTriage(me: MeDto): boolean {
  return has(me, TRIAGE);
}

/** Whether to offer the queues: those who triage, and compliance officers, who read metadata. */
export function maySeeQueues(me: MeDto): boolean {
  return mayTriage(me) || has(me, ["compliance_officer"]);
}

/** Whether to offer signals of misuse and access reviews. */
export function maySeeSignals(me: MeDto): boolean {
  return has(me, ["compliance_officer"]);
}

/** Whether to offer what waits for an approver: those who may approve, and officers, who read along. */
export function maySeeInbox(me: MeDto): boolean {
  return has(me, ["specialist", "lead", "compliance_officer"]);
}

/** Whether to offer requests of one's own. */
export function mayAskAccess(me: MeDto): boolean {
  return has(me, ["moderator", "specialist", "lead", "legal_counsel"]);
}

/** Whether to offer the grants of others. */
export function mayRevokeOthers(me: MeDto): boolean {
  return has(me, ["lead", "compliance_officer"]);
}

/** Whether to offer the page of approvals. */
export function maySeeApprovals(me: MeDto): boolean {
  return maySeeInbox(me) || mayAskAccess(me);
}

/** Whether to offer the break-glass register: all of it to officers and administrators, their own to others. */
export function maySeeGlass(me: MeDto): boolean {
  return mayTriage(me) || hearsNotices(me);
}

/** Whether notices can be meant for this person. */
export function hearsNotices(me: MeDto): boolean {
  return has(me, ["compliance_officer", "administrator"]);
}

/** Whether to offer the watch list. */
export function mayWatch(me: MeDto): boolean {
  return has(me, ["compliance_officer"]);
}

/** Whether to offer the simulator of the access policy. */
export function maySimulate(me: MeDto): boolean {
  return has(me, ["compliance_officer", "administrator", "auditor"]);
}

/** Whether to offer the compliance desk. */
export function maySeeDesk(me: MeDto): boolean {
  return has(me, ["compliance_officer"]);
}

/** Whether to offer who read a thread, and exports: those who read the log beyond their own acts. */
export function mayReadLog(me: MeDto): boolean {
  return has(me, ["compliance_officer", "auditor"]);
}

/** Whether to offer the integrity of the log: those who look after it. */
export function maySeeIntegrity(me: MeDto): boolean {
  return mayReadLog(me) || has(me, ["administrator"]);
}
