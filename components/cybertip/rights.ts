import type { MeDto } from "../../contracts/session.ts";

/** Whether to offer writing and approving reports: specialists with the clearance. The database decides. */
export function mayReport(me: MeDto): boolean {
  return me.roles.includes("specialist") && me.clearances.includes("child_safety");
}

/** Whether to offer the register: those who write, and legal counsel and compliance officers, who read it. */
export function maySeeCyberTips(me: MeDto): boolean {
  return mayReport(me) || me.roles.some((role) => role === "legal_counsel" || role === "compliance_officer");
}
