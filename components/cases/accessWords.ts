import type { CaseDetail } from "../../contracts/triage.ts";
import type { Purpose, Scope } from "../../domain/vocabulary.ts";

type Requirement = CaseDetail["accessOptions"][number]["requirement"];

/** What stands between a person and a scope, in words; undefined when nothing does. */
export function obstacle(requirement: Requirement | undefined): string | undefined {
  switch (requirement) {
    case "automatic":
      return undefined;
    case "ticket":
      return "needs a ticket";
    case "one_approver":
      return "needs one approver";
    case "two_approvers":
      return "needs two approvers";
    default:
      return "not open to your role on this case";
  }
}

/** The purposes that may be stated for a scope, those that need nobody else first. Never-rules are not offered. */
export function purposesFor(
  options: CaseDetail["accessOptions"],
  scope: Scope,
): { purpose: Purpose; blocked: string | undefined }[] {
  return options
    .filter((option) => option.scope === scope && option.requirement !== "never")
    .map(({ purpose, requirement }) => ({ purpose, blocked: obstacle(requirement) }))
    .sort((a, b) => Number(a.blocked !== undefined) - Number(b.blocked !== undefined));
}
