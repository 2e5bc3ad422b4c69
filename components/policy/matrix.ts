import type { AccessRule } from "../../contracts/accessPolicy.ts";
import { OPENING_ROLES, SUBJECTS } from "../../domain/accessPolicy.ts";
import { csvLine } from "../../domain/csvCell.ts";
import { PURPOSES, type Purpose, type Role, SCOPES, type Scope } from "../../domain/vocabulary.ts";

/** Where a rule stands in the matrix of one subject. */
export type Place = { role: Role; purpose: Purpose; scope: Scope; subject: string };

/** The columns: roles that a rule may let open something. */
export const COLUMNS: readonly Role[] = OPENING_ROLES;

const same = (rule: AccessRule, place: Place): boolean =>
  rule.role === place.role &&
  rule.purpose === place.purpose &&
  rule.scope === place.scope &&
  rule.subject === place.subject;

/** The rule at a place; undefined where there is none, which means never. */
export function ruleAt(rules: readonly AccessRule[], place: Place): AccessRule | undefined {
  return rules.find((rule) => same(rule, place));
}

/** Subjects that a policy speaks of: the four that are always there, then restricted subjects by their names. */
export function subjectsOf(rules: readonly AccessRule[]): string[] {
  const known: readonly string[] = SUBJECTS;
  const named = new Set(rules.map(({ subject }) => subject).filter((subject) => !known.includes(subject)));
  return [...known, ...[...named].sort()];
}

export type MatrixGroup = { purpose: Purpose; scopes: Scope[] };

/** The rows of one subject: by purpose, the scopes for which somebody has a rule; all of them while editing. */
export function groupsOf(rules: readonly AccessRule[], subject: string, all: boolean): MatrixGroup[] {
  const about = rules.filter((rule) => rule.subject === subject && rule.requirement !== "never");
  return PURPOSES.flatMap((purpose) => {
    const scopes = SCOPES.filter(
      (scope) => all || about.some((rule) => rule.purpose === purpose && rule.scope === scope),
    );
    return scopes.length > 0 ? [{ purpose, scopes }] : [];
  });
}

/** Purposes that a subject has no rule for at all: nobody opens anything for them. */
export function silentPurposes(rules: readonly AccessRule[], subject: string): Purpose[] {
  const spoken = groupsOf(rules, subject, false).map(({ purpose }) => purpose);
  return PURPOSES.filter((purpose) => !spoken.includes(purpose));
}

/** Rules with one place set for some subjects; null takes the rules there away. */
export function withRule(
  rules: readonly AccessRule[],
  place: Omit<Place, "subject">,
  subjects: readonly string[],
  limits: Pick<AccessRule, "requirement" | "minutes" | "viewLimit"> | null,
): AccessRule[] {
  const left = rules.filter((rule) => !subjects.some((subject) => same(rule, { ...place, subject })));
  return limits ? [...left, ...subjects.map((subject) => ({ ...place, subject, ...limits }))] : left;
}

/** All rules as CSV, in the order of the matrix. */
export function rulesCsv(rules: readonly AccessRule[]): string[] {
  const header = ["subject", "purpose", "scope", "role", "requirement", "minutes", "views"];
  const order = (rule: AccessRule): string =>
    [
      subjectsOf(rules).indexOf(rule.subject),
      PURPOSES.indexOf(rule.purpose),
      SCOPES.indexOf(rule.scope),
      rule.role,
    ]
      .map((part) => String(part).padStart(3, "0"))
      .join(" ");
  const lines = rules
    .map((rule) => ({ rule, at: order(rule) }))
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(({ rule }) =>
      csvLine([
        rule.subject,
        rule.purpose,
        rule.scope,
        rule.role,
        rule.requirement,
        rule.minutes,
        rule.viewLimit,
      ]),
    );
  return [csvLine(header), ...lines];
}
