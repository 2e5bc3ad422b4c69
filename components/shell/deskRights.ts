import type { MeDto } from "../../contracts/session.ts";

/** Whether to offer the compliance desk. An offer only: the database decides. */
export function maySeeDesk(me: MeDto): boolean {
  return me.roles.includes("compliance_officer");
}

/** Whether to offer who read a thread: those who read the log beyond their own acts. */
export function mayReadLog(me: MeDto): boolean {
  return me.roles.includes("compliance_officer") || me.roles.includes("auditor");
}

/** Whether to offer the integrity of the log: those who look after it. */
export function maySeeIntegrity(me: MeDto): boolean {
  return mayReadLog(me) || me.roles.includes("administrator");
}
