import { AUDIT_ACTION_NAMES, AUDIT_ACTIONS, type AuditAction } from "../../domain/auditActions.ts";
import { ACTIONS, OUTCOMES, PURPOSES, ROLES, SCOPES } from "../../domain/vocabulary.ts";
import { ACTION_WORDS, OUTCOME_WORDS, PURPOSE_WORDS, ROLE_WORDS, SCOPE_WORDS } from "../words.ts";

/** Groups of actions as the filter offers them, by the first word of their names. */
const GROUPS: Record<string, string> = {
  access: "Opening threads",
  view: "Opening threads",
  attachment: "Opening threads",
  grant: "Opening threads",
  request: "Second persons",
  approval: "Second persons",
  glass: "Break-glass and notices",
  notice: "Break-glass and notices",
  policy: "Access policy",
  watch: "Conflicts of interest",
  account: "Conflicts of interest",
  signal: "Signals and reviews",
  review: "Signals and reviews",
  case: "Cases",
  queue: "Cases",
  sign_in: "Signing in",
  staff: "Staff",
  intake: "Intake",
  keys: "Keys",
  audit: "The log itself",
  desk: "The log itself",
  log: "The log itself",
  siem: "Event feeds",
  cybertip: "CyberTip reports",
  legal: "Lawful requests",
};

/** Actions under their groups, in the order of the groups. */
export const ACTION_GROUPS: ReadonlyArray<readonly [string, readonly AuditAction[]]> = [
  ...new Set([...Object.values(GROUPS), "Other"]),
].flatMap((title) => {
  const actions = AUDIT_ACTION_NAMES.filter(
    (name) => (GROUPS[name.split(".")[0] ?? ""] ?? "Other") === title,
  );
  return actions.length > 0 ? [[title, actions] as const] : [];
});

export const actionWords = (action: AuditAction): string => AUDIT_ACTIONS[action];

/** Why somebody was refused, in a few words: the code itself, since what a refusal tells the person says "you". */
export const denialWords = (code: string): string => code.replaceAll("-", " ");

const oneOf = <T extends string>(list: readonly T[], word: string): word is T => list.includes(word as T);

export const purposeWords = (purpose: string): string =>
  oneOf(PURPOSES, purpose) ? PURPOSE_WORDS[purpose] : purpose;

export const roleWords = (roles: readonly string[]): string =>
  roles.map((role) => (oneOf(ROLES, role) ? ROLE_WORDS[role] : role)).join(", ");

export const scopeWords = (scope: string): string =>
  oneOf(SCOPES, scope) ? SCOPE_WORDS[scope].name : scope === "collection" ? "Page of a collection" : scope;

/** What was decided and what the platform was told to do: `Violation: Warn`. */
export function decisionWords({ outcome, action }: { outcome: string; action: string }): string {
  const decided = oneOf(OUTCOMES, outcome) ? OUTCOME_WORDS[outcome] : outcome;
  if (action === "none" || action === outcome || !oneOf(ACTIONS, action)) return decided;
  return `${decided}: ${ACTION_WORDS[action]}`;
}

/** `42 s`, `3 min 20 s`, `1 h 5 min`: how long something lasted. */
export function durationWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600)
    return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.floor((whole % 3600) / 60);
  return `${Math.floor(whole / 3600)} h${minutes > 0 ? ` ${minutes} min` : ""}`;
}

/** How a view ended. */
export const VIEW_END_WORDS = {
  closed: "closed",
  decided: "ended by the decision",
  released: "ended with the claim",
  revoked: "revoked",
  expired: "ran out",
} as const;
