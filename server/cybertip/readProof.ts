import type { Actor } from "../actor.ts";
import { call } from "../call.ts";

/**
 * The proof of a destruction: counts and digests of what was deleted, word for word as the audit log's digest has it.
 *
 * @throws Refusal `no-destruction`, `not-found`, `wrong-role`, recorded
 */
export async function readProof(actor: Actor, reportId: string): Promise<{ proof: string; sha256: string }> {
  const { proof, sha256 } = await call<{ proof: string; sha256: string }>(
    actor,
    "cybertip.read_proof",
    reportId,
  );
  return { proof, sha256 };
}
