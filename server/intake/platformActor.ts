import { createHash, randomUUID } from "node:crypto";
import { currentRequest } from "../../environment/requestContext.ts";

/**
 * Whoever makes a call at the platforms' door, as far as the process knows: the hash of a bearer key and where the call
 * came from. Whose key it is, and whether it may come in, the database works out, each time.
 */
export interface PlatformActor {
  /** SHA-256 of the key; null when none was sent. */
  readonly keyHash: Buffer | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
}

/** A platform's key: a prefix that secret scanners can be told of, and 256 random bits. */
const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i;

/** @returns the hash by which a key is kept; the key is random enough that nothing slower is needed */
export function platformKeyHash(key: string): Buffer {
  return createHash("sha256").update(key, "utf8").digest();
}

/** Who calls, from what the request carries. The address comes from the server shell alone. */
export function platformActorOf(headers: Headers): PlatformActor {
  const request = currentRequest();
  const key = BEARER.exec(headers.get("authorization") ?? "")?.[1];
  return {
    keyHash: key === undefined ? null : platformKeyHash(key),
    ip: request?.address ?? null,
    userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
    requestId: request?.id ?? randomUUID(),
  };
}
