import { createHash } from "node:crypto";
import type { Commitment } from "../../contracts/audit.ts";

/** What of an event stands in its leaf as a commitment only. The texts are exactly those that were committed to. */
export interface Committed {
  readonly reason: string | null;
  /** PostgreSQL's own text of the jsonb: that is what was hashed. */
  readonly detailText: string;
  readonly ip: string | null;
}

/**
 * Works every commitment of a leaf out again from what is stored beside it.
 *
 * @param leaf canonical JSON as written by audit.leaf
 */
export function checkCommitments(leaf: string, salt: Buffer, stored: Committed): Commitment[] {
  const written = JSON.parse(leaf) as Record<string, unknown>;
  const values = {
    reason: stored.reason,
    detail: stored.detailText === "{}" ? null : stored.detailText,
    ip: stored.ip,
  };
  return (["reason", "detail", "ip"] as const).map((of) => {
    const given = written[`${of}Commitment`];
    const committed = typeof given === "string" ? given : null;
    return { of, committed, state: judge(committed, values[of], salt) };
  });
}

function judge(committed: string | null, value: string | null, salt: Buffer): Commitment["state"] {
  if (committed === null) return value === null ? "none" : "differs";
  if (value === null) return "forgotten";
  const again = createHash("sha256").update(salt).update(value, "utf8").digest("hex");
  return again === committed ? "matches" : "differs";
}

/** The hash of a leaf in the tree: SHA-256(0x00 ‖ leaf), RFC 6962 §2.1. Hex. */
export function leafHash(leaf: string): string {
  return createHash("sha256").update(Buffer.of(0)).update(leaf, "utf8").digest("hex");
}
