import type { MeDto } from "../../contracts/session.ts";
import type { Role } from "../../domain/vocabulary.ts";

const TRIAGE: readonly Role[] = ["moderator", "specialist", "lead"];

/** Whether to offer claiming and deciding. An offer only: the database decides. */
export function mayTriage(me: MeDto): boolean {
  return me.roles.some((role) => TRIAGE.includes(role));
}

/** Whether to offer the queues: those who triage, and compliance officers, who read metadata. */
export function maySeeQueues(me: MeDto): boolean {
  return mayTriage(me) || me.roles.includes("compliance_officer");
}

/** Whether to offer signals of misuse and access reviews. */
export function maySeeSignals(me: MeDto): boolean {
  return me.roles.includes("compliance_officer");
}
