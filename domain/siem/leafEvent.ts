import { leafHash } from "../tlog/merkle.ts";
import type { SiemEvent } from "./siemEvent.ts";

/** A leaf in its place, with what the event beside it adds: null when that row is gone. */
export interface FeedRow {
  readonly index: number;
  /** The leaf's canonical JSON, as it stands in the tree. */
  readonly leaf: string;
  readonly event: Readonly<Record<string, unknown>> | null;
}

/**
 * Reads a leaf back into an event. What the tree holds counts; the row beside it adds the network address and the detail,
 * which the leaf has only as commitments, and stands in where a leaf was too long and is kept as a hash.
 */
export function eventOfLeaf({ index, leaf, event }: FeedRow): SiemEvent {
  const told: Record<string, unknown> = { ...event, ...objectOf(leaf) };
  const text = (key: string) => (typeof told[key] === "string" ? told[key] : null);
  return {
    index,
    leafHash: leafHash(Buffer.from(leaf)).toString("hex"),
    id: text("id") ?? "",
    at: text("at") ?? "1970-01-01T00:00:00.000000Z",
    actorKind: text("actorKind") ?? "nobody",
    actorId: text("actorId"),
    actorRoles: Array.isArray(told.roles) ? told.roles.filter((role) => typeof role === "string") : [],
    sessionId: text("sessionId"),
    action: text("action") ?? "log.unreadable",
    outcome: text("outcome") ?? "failed",
    caseId: text("caseId"),
    threadId: text("threadId"),
    queueId: text("queueId"),
    flagId: text("flagId"),
    grantId: text("grantId"),
    viewId: text("viewId"),
    decisionId: text("decisionId"),
    subjectStaffId: text("subjectStaffId"),
    purpose: text("purpose"),
    reasonCommitment: text("reasonCommitment"),
    detail: isObject(event?.detail) ? event.detail : {},
    ip: typeof event?.ip === "string" ? event.ip : null,
    requestId: text("requestId"),
  };
}

function objectOf(leaf: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(leaf);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
