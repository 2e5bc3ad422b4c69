import type { MeDto } from "../../contracts/session.ts";

/** Whether to offer handling lawful requests: legal counsel. The database decides. */
export function mayHandleRequests(me: MeDto): boolean {
  return me.roles.includes("legal_counsel");
}

/** Whether to offer the register: counsel, who work in it, and compliance officers, who read it. */
export function maySeeRequests(me: MeDto): boolean {
  return mayHandleRequests(me) || me.roles.includes("compliance_officer");
}
