import { createHash, randomBytes } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";

/** How a password is derived: argon2id (RFC 9106) with OWASP's parameters of 2025 as the least. */
export interface Derivation {
  readonly salt: Buffer;
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** `Algorithm.Argon2id` of the library, whose constant enum cannot be imported where types are stripped. */
const ARGON2ID = 2;

const NOW = { memoryKib: 19_456, passes: 2, lanes: 1 } as const;

/** @returns 32 bytes: the proof of knowing the password. It is sent to the database, and rests nowhere. */
export function deriveProof(password: string, how: Derivation): Promise<Buffer> {
  return hashRaw(password.normalize("NFKC"), {
    algorithm: ARGON2ID,
    salt: how.salt,
    memoryCost: how.memoryKib,
    timeCost: how.passes,
    parallelism: how.lanes,
    outputLen: 32,
  });
}

/** What is stored for a new password: a fresh salt, the parameters of today, and SHA-256 of the proof. */
export async function newCredentials(password: string): Promise<Derivation & { verifier: Buffer }> {
  const how = { ...NOW, salt: randomBytes(16) };
  const verifier = createHash("sha256")
    .update(await deriveProof(password, how))
    .digest();
  return { ...how, verifier };
}
