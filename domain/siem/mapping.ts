/**
 * What an action of the log is in OCSF 1.8.0: its class, its activity, how grave it is. Exact entries first, then the family
 * (the word before the dot) and the verb (the last word): so an action of a later release has a place too. A test fails
 * when an action of this release has neither.
 */
export type OcsfClass =
  | "api_activity"
  | "authentication"
  | "account_change"
  | "user_access"
  | "entity_management";
type Verb = "create" | "read" | "update" | "delete";

/** 1 informational, 2 low, 3 medium, 4 high (OCSF severity_id). */
export type Severity = 1 | 2 | 3 | 4;

export interface Mapping {
  readonly class: OcsfClass;
  /** activity_id within the class; 99 takes the action's own words. */
  readonly activity: number;
  readonly severity: Severity;
  /** What is managed, for the class Entity Management. */
  readonly entity: string;
  /** False when nothing is known of the action but its name. */
  readonly known: boolean;
}

interface Family {
  readonly class: "api_activity" | "entity_management";
  readonly entity?: string;
  readonly severity: Severity;
}

const api = (severity: Severity = 1): Family => ({ class: "api_activity", severity });
const entity = (name: string, severity: Severity): Family => ({
  class: "entity_management",
  entity: name,
  severity,
});

const FAMILIES: Readonly<Record<string, Family>> = {
  sign_in: api(),
  staff: api(),
  intake: api(),
  queue: api(),
  case: api(),
  access: api(),
  grant: api(2),
  view: api(),
  request: api(),
  approval: api(),
  glass: api(2),
  notice: api(),
  policy: entity("access policy", 2),
  watch: entity("watch list", 2),
  account: entity("staff account", 1),
  keys: entity("key ring", 3),
  audit: api(2),
  log: entity("transparency log", 3),
  signal: api(2),
  signals: api(2),
  review: api(),
  reviews: api(),
  siem: entity("event feed", 3),
  desk: api(),
  attachment: api(2),
  cybertip: api(2),
  legal: api(2),
  doctor: api(2),
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** The last word of an action, and what it does. */
const VERBS: Readonly<Record<Verb, ReadonlySet<string>>> = {
  create: words(
    "accepted added asked attempt broken claimed created delivery drafted drawn escalated flagged found given made opened raised recorded requested required started up",
  ),
  read: words(
    "checked exported failing list listed live looked me printed proved pulled ran read searched simulated verified viewed",
  ),
  update: words(
    "acknowledged answered assigned back cancelled changed closed configured confirmed decided due edited enabled expired joined kept lapsed membership moved owned paused proposed reciprocal recovered refused rejected released resolved resumed reviewed rotated sampled set taken undone",
  ),
  delete: words("deleted disabled dismissed dropped ended left removed revoked withdrawn"),
};

const ACTIVITY: Readonly<Record<Verb, number>> = { create: 1, read: 2, update: 3, delete: 4 };

type Exact = Partial<Omit<Mapping, "known">>;
const EXACT: Readonly<Record<string, Exact>> = {
  "sign_in.attempt": { class: "authentication", activity: 1 },
  "sign_in.ended": { class: "authentication", activity: 2 },
  "staff.session_ended": { class: "authentication", activity: 2, severity: 2 },
  "intake.key_refused": { class: "authentication", activity: 1, severity: 2 },
  "siem.key_refused": { class: "authentication", activity: 1, severity: 3 },
  "staff.created": { class: "account_change", activity: 1, severity: 3 },
  "staff.password_set": { class: "account_change", activity: 4, severity: 3 },
  "staff.disabled": { class: "account_change", activity: 5, severity: 2 },
  "staff.sessions_revoked": { class: "account_change", activity: 99, severity: 2 },
  "staff.changed": { class: "user_access", activity: 1, severity: 3 },
  "staff.queue_membership": { class: "user_access", activity: 1, severity: 2 },
  "intake.platform_added": { class: "entity_management", activity: 1, severity: 2, entity: "platform" },
  "intake.key_created": { class: "entity_management", activity: 1, severity: 2, entity: "platform key" },
  "intake.key_rotated": { class: "entity_management", activity: 3, severity: 2, entity: "platform key" },
  "intake.key_revoked": { class: "entity_management", activity: 9, severity: 2, entity: "platform key" },
  // The view is what a reading is allowed by: for a SIEM it is the reading.
  "view.opened": { activity: 2 },
  "attachment.opened": { activity: 2 },
  "attachment.shown": { activity: 2 },
  "legal.registered": { activity: 1 },
  "legal.settings_changed": {
    class: "entity_management",
    activity: 3,
    severity: 3,
    entity: "settings of lawful requests",
  },
  "legal.scope_counted": { activity: 2 },
  "legal.changed": { activity: 3 },
  "legal.accounts_changed": { activity: 3 },
  "legal.taken_into_review": { activity: 3 },
  "legal.info_asked": { activity: 3 },
  "legal.approved": { activity: 3, severity: 3 },
  "legal.no_records_found": { activity: 3 },
  "legal.exception_asked": { activity: 1, severity: 3 },
  "legal.exception_answered": { activity: 3, severity: 3 },
  "legal.agency_entered": { activity: 1, severity: 2 },
  "legal.number_entered": { activity: 1, severity: 3 },
  "legal.number_confirmed": { activity: 3, severity: 3 },
  "legal.number_retired": { activity: 4, severity: 2 },
  "legal.checked": { activity: 1, severity: 2 },
  "legal.collected": { activity: 2, severity: 3 },
  "legal.set_aside": { activity: 3 },
  "legal.redacted": { activity: 3 },
  "legal.rule_tried": { activity: 2 },
  "legal.participant_named": { activity: 3 },
  "legal.decision_taken_back": { activity: 3 },
  "legal.collection_handed_in": { activity: 3 },
  "legal.collection_reopened": { activity: 3 },
  "legal.packet_asked": { activity: 1, severity: 3 },
  "legal.packet_recorded": { activity: 1 },
  "legal.packet_built": { activity: 3 },
  "legal.packet_retried": { activity: 3 },
  "legal.packet_compared": { activity: 2 },
  "legal.packet_stuck": { activity: 99, severity: 3 },
  "legal.packet_discarded": { activity: 4, severity: 3 },
  "legal.packet_released": { activity: 3, severity: 4 },
  "legal.packet_sent_back": { activity: 3 },
  "legal.packet_exported": { severity: 3 },
  "legal.packet_delivered": { activity: 1, severity: 3 },
  "legal.delivery_recalled": { activity: 4 },
  "legal.delivery_code_renewed": { activity: 3, severity: 3 },
  "legal.delivery_locked": { activity: 99, severity: 4 },
  "legal.delivery_fetched": { activity: 2, severity: 3 },
  "legal.delivery_acknowledged": { activity: 3 },
  "legal.held": { activity: 1, severity: 2 },
  "legal.hold_renewed": { activity: 3 },
  "legal.hold_release_asked": { activity: 3, severity: 3 },
  "legal.hold_release_called_off": { activity: 3 },
  "legal.hold_released": { activity: 4, severity: 3 },
  "legal.hold_lapsed": { activity: 4, severity: 2 },
  "legal.hold_hashed": { activity: 2 },
  "legal.hold_checked": { activity: 2, severity: 2 },
  "legal.erasure_deferred": { activity: 3, severity: 2 },
  "legal.erased": { activity: 4, severity: 3 },
  "legal.notice_policy_set": { activity: 3, severity: 2 },
  "legal.notice_planned": { activity: 1 },
  "legal.notice_handed_over": { activity: 2 },
  "legal.notice_sent": { activity: 3, severity: 2 },
  "legal.notice_barred": { activity: 3, severity: 2 },
  "legal.notice_called_back": { activity: 3, severity: 3 },
  "cybertip.saved": { activity: 3 },
  "cybertip.handed_in": { activity: 3 },
  "cybertip.approved": { activity: 3 },
  "cybertip.filed_by_hand": { activity: 1, severity: 3 },
  "cybertip.held": { activity: 1 },
  "cybertip.destruction_called_off": { activity: 3 },
  "cybertip.destroyed": { activity: 4, severity: 4 },
  "cybertip.exported": { severity: 3 },
  "cybertip.filing_asked": { activity: 1 },
  "cybertip.filing_retried": { activity: 3 },
  "cybertip.filed": { activity: 1 },
  "cybertip.filing_stuck": { activity: 99, severity: 3 },
  "cybertip.settled": { activity: 3, severity: 3 },
  "cybertip.settings_changed": {
    class: "entity_management",
    activity: 3,
    severity: 3,
    entity: "CyberTip settings",
  },
  "cybertip.live_enabled": {
    class: "entity_management",
    activity: 3,
    severity: 3,
    entity: "CyberTip settings",
  },
  "cybertip.live_disabled": {
    class: "entity_management",
    activity: 3,
    severity: 3,
    entity: "CyberTip settings",
  },
  "glass.broken": { severity: 4 },
  "glass.escalated": { severity: 4 },
  "approval.reciprocal": { severity: 3 },
  "signal.raised": { severity: 3 },
  "signal.escalated": { severity: 3 },
  "policy.confirmed": { activity: 10, severity: 3 },
  "watch.listed": { severity: 2 },
  "audit.exported": { severity: 3 },
  "log.exported": { class: "api_activity", activity: 2 },
  "log.proved": { class: "api_activity", activity: 2, severity: 1 },
  "log.verified": { class: "api_activity", activity: 2, severity: 1 },
  "log.state_read": { class: "api_activity", activity: 2, severity: 1 },
  "log.verification_asked": { class: "api_activity", activity: 2, severity: 1 },
  "log.verification_cancelled": { class: "api_activity", activity: 2, severity: 1 },
  "log.key_added": { entity: "log key" },
  "log.key_ended": { activity: 9, entity: "log key" },
  "siem.key_created": { entity: "feed key" },
  "siem.key_revoked": { activity: 9, entity: "feed key" },
  "siem.listed": { class: "api_activity", activity: 2, severity: 1 },
  "siem.pulled": { class: "api_activity", activity: 2 },
  "siem.first_delivery": { class: "api_activity", activity: 2 },
  "siem.gap_found": { class: "api_activity", activity: 99, severity: 4 },
  "siem.sink_failing": { class: "api_activity", activity: 99, severity: 4 },
  "siem.sink_recovered": { class: "api_activity", activity: 99, severity: 2 },
  "siem.sink_removed": { severity: 4 },
};

/** @param action as the log has it, of this release or another */
export function mappingOf(action: string): Mapping {
  const [prefix = "", rest = ""] = action.split(".");
  const family = Object.hasOwn(FAMILIES, prefix) ? FAMILIES[prefix] : undefined;
  const exact: Exact | undefined = Object.hasOwn(EXACT, action) ? EXACT[action] : undefined;
  const verb = verbOf(rest);
  return {
    class: exact?.class ?? family?.class ?? "api_activity",
    activity: exact?.activity ?? (verb === undefined ? 99 : ACTIVITY[verb]),
    severity: exact?.severity ?? family?.severity ?? 1,
    entity: exact?.entity ?? family?.entity ?? "Unseal",
    known: family !== undefined && (verb !== undefined || exact?.activity !== undefined),
  };
}

function verbOf(words: string): Verb | undefined {
  const last = words.split("_").at(-1) ?? "";
  return (Object.keys(VERBS) as Verb[]).find((verb) => VERBS[verb].has(last));
}

/** What was refused is at least low, what failed at least medium. */
export function severityOf(event: { readonly action: string; readonly outcome: string }): Severity {
  const least = event.outcome === "failed" ? 3 : event.outcome === "denied" ? 2 : 1;
  return Math.max(least, mappingOf(event.action).severity) as Severity;
}
