import { auditActionLabel } from "../auditActions.ts";
import { OCSF_CLASSES, SEVERITIES } from "./classes.ts";
import { factsOf } from "./facts.ts";
import { type Mapping, mappingOf, severityOf } from "./mapping.ts";
import { objectsOf, type SiemEvent, type SiemSource } from "./siemEvent.ts";

export const OCSF_VERSION = "1.8.0";

/**
 * An event as an object of the Open Cybersecurity Schema Framework (schema.ocsf.io/1.8.0). `metadata.uid` is the event's id
 * and never changes, so a line that comes twice is known by it; `metadata.sequence` and `unmapped.tlog` are its place in the
 * log, where it can be proved. Carries no content and no sentence that anybody wrote.
 */
export function ocsfOf(event: SiemEvent, source: SiemSource): Record<string, unknown> {
  const mapping = mappingOf(event.action);
  const facts = factsOf(event.detail);
  const { uid, name, category, categoryName, activities } = OCSF_CLASSES[mapping.class];
  const activity = activityOf(event, mapping);
  const activityName = activities[activity] ?? auditActionLabel(event.action);
  const severity = severityOf(event);
  const succeeded = event.outcome === "done";
  return {
    activity_id: activity,
    activity_name: activityName,
    category_uid: category,
    category_name: categoryName,
    class_uid: uid,
    class_name: name,
    type_uid: uid * 100 + activity,
    type_name: `${name}: ${activity === 99 ? "Other" : activityName}`,
    severity_id: severity,
    severity: SEVERITIES[severity],
    status_id: succeeded ? 1 : 2,
    status: succeeded ? "Success" : "Failure",
    ...(typeof facts.code === "string" && { status_code: facts.code }),
    ...(!succeeded && { status_detail: event.outcome }),
    time: Date.parse(event.at),
    message: sentenceOf(event),
    actor: actorOf(event),
    src_endpoint: endpointOf(event),
    ...classFields(event, mapping, facts),
    metadata: {
      version: OCSF_VERSION,
      product: { name: "Unseal", vendor_name: "Unseal", version: source.version },
      // Who acted comes from the host profile where the class does not bring an actor of its own.
      ...(mapping.class !== "api_activity" && { profiles: ["host"] }),
      uid: event.id,
      sequence: event.index,
      event_code: event.action,
      log_name: source.origin,
      original_time: event.at,
      ...(event.requestId !== null && { correlation_uid: event.requestId }),
    },
    unmapped: {
      tlog: { origin: source.origin, index: event.index, leaf_hash: event.leafHash },
      actor_kind: event.actorKind,
      ...(event.purpose !== null && { purpose: event.purpose }),
      ...(event.reasonCommitment !== null && { reason_commitment: event.reasonCommitment }),
      ...(mapping.class !== "api_activity" && objectsOf(event).length > 0 && { objects: objectsOf(event) }),
      ...(Object.keys(facts).length > 0 && { detail: facts }),
    },
  };
}

/** One sentence for people. Made of words of ours and ids. */
export function sentenceOf(event: SiemEvent): string {
  const about = objectsOf(event)
    .map(({ type, uid }) => `${type.replace("_", " ")} ${uid}`)
    .join(", ");
  const who = event.actorId === null ? event.actorKind : `${event.actorKind} ${event.actorId}`;
  return `${auditActionLabel(event.action)}: ${event.outcome}, by ${who}${about && ` (${about})`}`;
}

/** Joining and leaving a queue is one action of ours, and two activities of User Access Management. */
function activityOf(event: SiemEvent, { activity }: Mapping): number {
  return event.action === "staff.queue_membership" && event.detail.member === false ? 2 : activity;
}

function actorOf({ actorKind, actorId, actorRoles, sessionId }: SiemEvent): object {
  if (actorKind === "platform")
    return { app_name: "platform", ...(actorId !== null && { app_uid: actorId }) };
  if (actorKind === "system") return { app_name: "Unseal worker" };
  if (actorKind === "operator") return { app_name: "unseal command line", user: { name: "operator" } };
  if (actorId === null) return { app_name: "unknown", user: { name: "unknown" } };
  return {
    user: {
      uid: actorId,
      type_id: 1,
      type: "User",
      ...(actorRoles.length > 0 && { groups: actorRoles.map((name) => ({ name })) }),
    },
    ...(sessionId !== null && { session: { uid: sessionId } }),
  };
}

function endpointOf({ ip, actorKind }: SiemEvent): object {
  if (ip !== null) return { ip };
  return { name: actorKind === "system" || actorKind === "operator" ? "Unseal host" : "unknown" };
}

function classFields(event: SiemEvent, mapping: Mapping, facts: Record<string, unknown>): object {
  switch (mapping.class) {
    case "api_activity":
      return {
        api: {
          operation: event.action,
          service: { name: "Unseal" },
          ...(event.requestId !== null && { request: { uid: event.requestId } }),
        },
        resources: objectsOf(event),
      };
    case "authentication":
      return { user: userOf(event), service: { name: "Unseal" } };
    case "account_change":
      return { user: userOf(event) };
    case "user_access":
      return { user: userOf(event), privileges: privilegesOf(event, facts) };
    case "entity_management":
      return { entity: entityOf(mapping.entity, facts) };
  }
}

/** Whose account it is: the person acted upon, else whoever acted. */
function userOf({ subjectStaffId, actorId, actorKind }: SiemEvent): object {
  const uid = subjectStaffId ?? actorId;
  if (uid === null) return { name: "unknown" };
  return actorKind === "platform" ? { uid, type_id: 4, type: "Service" } : { uid, type_id: 1, type: "User" };
}

function privilegesOf(event: SiemEvent, { roles, regions, clearances }: Record<string, unknown>): string[] {
  if (event.queueId !== null) return [`queue:${event.queueId}`];
  const named = (kind: string, list: unknown) =>
    Array.isArray(list) ? list.map((one) => `${kind}:${String(one)}`) : [];
  return [...named("role", roles), ...named("region", regions), ...named("clearance", clearances)];
}

function entityOf(
  type: string,
  { keyId, entry, version, sink, platformId }: Record<string, unknown>,
): object {
  const uid = [keyId, entry, version, sink, platformId].find((id) => id !== undefined);
  return { type, name: type, ...(uid !== undefined && { uid: String(uid) }) };
}
