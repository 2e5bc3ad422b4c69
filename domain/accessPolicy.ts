import { type Purpose, ROLES, type Role, type Scope } from "./vocabulary.ts";

/** What a rule asks for, mildest first. */
export const REQUIREMENTS = ["automatic", "ticket", "one_approver", "two_approvers", "never"] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** Which threads a rule is about. A restricted subject may also be named by itself, e.g. `child_safety`. */
export const SUBJECTS = ["ordinary", "restricted", "watch_listed", "conflict"] as const;

/** Of several requirements that hold at once, the one that decides. */
export function strictest(requirements: readonly Requirement[]): Requirement {
  return requirements.reduce<Requirement>(
    (worst, one) => (REQUIREMENTS.indexOf(one) > REQUIREMENTS.indexOf(worst) ? one : worst),
    "automatic",
  );
}

/** A rule of the access policy. What has no rule is refused. */
export interface Rule {
  readonly role: Role;
  readonly purpose: Purpose;
  readonly scope: Scope;
  readonly subject: string;
  readonly requirement: Requirement;
  /** How long a grant lasts. */
  readonly minutes: number;
  /** How many views a grant opens. */
  readonly viewLimit: number;
}

/** Roles that no version of the policy can let open a thread (DESIGN.md §5). The database holds the same as a constraint. */
export const NEVER_OPEN = ["compliance_officer", "administrator", "auditor"] as const satisfies Role[];

/**
 * What no version of the policy can say.
 *
 * @returns which limit the rule breaks, or null
 */
export function brokenLimit(
  rule: Pick<Rule, "role" | "purpose" | "subject" | "requirement">,
): "role-never-opens" | "counsel-only-by-law" | "conflicts-need-two" | null {
  if (rule.requirement === "never") return null;
  if (NEVER_OPEN.some((role) => role === rule.role)) return "role-never-opens";
  if (rule.role === "legal_counsel" && rule.purpose !== "legal_process") return "counsel-only-by-law";
  const conflicted = rule.subject === "conflict" || rule.subject === "watch_listed";
  if (conflicted && rule.requirement !== "two_approvers") return "conflicts-need-two";
  return null;
}

/** One place where two versions of the policy differ; null where a version has no rule, which means never. */
export interface RuleChange {
  readonly role: Role;
  readonly purpose: Purpose;
  readonly scope: Scope;
  readonly subject: string;
  readonly before: Pick<Rule, "requirement" | "minutes" | "viewLimit"> | null;
  readonly after: Pick<Rule, "requirement" | "minutes" | "viewLimit"> | null;
  /** Whether it lets somebody open what they could not, or open it with less. */
  readonly loosens: boolean;
}

const keyOf = (rule: Rule): string => [rule.purpose, rule.scope, rule.subject, rule.role].join("\0");
const limitsOf = (rule: Rule | undefined) =>
  rule ? { requirement: rule.requirement, minutes: rule.minutes, viewLimit: rule.viewLimit } : null;
const rank = (rule: Rule | undefined): number => REQUIREMENTS.indexOf(rule?.requirement ?? "never");

/** What changes from one set of rules to another, in the order of purpose, scope, subject and role. */
export function diffRules(before: readonly Rule[], after: readonly Rule[]): RuleChange[] {
  const [old, now] = [before, after].map((rules) => new Map(rules.map((rule) => [keyOf(rule), rule])));
  const changes: RuleChange[] = [];
  for (const key of [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort()) {
    const [was, is] = [old?.get(key), now?.get(key)];
    const any = is ?? was;
    if (!any || JSON.stringify(limitsOf(was)) === JSON.stringify(limitsOf(is))) continue;
    // No rule and a rule that says never are the same to whoever asks.
    if (rank(was) === rank(is) && rank(is) === REQUIREMENTS.indexOf("never")) continue;
    changes.push({
      role: any.role,
      purpose: any.purpose,
      scope: any.scope,
      subject: any.subject,
      before: limitsOf(was),
      after: limitsOf(is),
      loosens:
        rank(is) < rank(was) ||
        (rank(is) === rank(was) &&
          ((is?.minutes ?? 0) > (was?.minutes ?? 0) || (is?.viewLimit ?? 0) > (was?.viewLimit ?? 0))),
    });
  }
  return changes;
}

/** Roles that a rule may let open something. */
export const OPENING_ROLES: readonly Role[] = ROLES.filter(
  (role) => !NEVER_OPEN.some((never) => never === role),
);
