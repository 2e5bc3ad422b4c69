import { createHash, randomUUID } from "node:crypto";
import { currentRequest } from "../../environment/requestContext.ts";

/** A machine that reads events: the hash of its key, and where the call came from. Whose key it is the database knows. */
export interface FeedActor {
  /** SHA-256 of the key; null when none was sent. */
  readonly keyHash: Buffer | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
}

/** @returns the hash by which a key is kept; 256 random bits need nothing slower */
export function feedKeyHash(key: string): Buffer {
  return createHash("sha256").update(key, "utf8").digest();
}

/** Who calls, from what the request carries. Nothing but the header counts: an address ends up in logs. */
export function feedActorOf(headers: Headers): FeedActor {
  const request = currentRequest();
  const key = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(headers.get("authorization") ?? "")?.[1];
  return {
    keyHash: key === undefined ? null : feedKeyHash(key),
    ip: request?.address ?? null,
    userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
    requestId: request?.id ?? randomUUID(),
  };
}
