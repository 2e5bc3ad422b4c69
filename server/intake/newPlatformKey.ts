import { randomBytes } from "node:crypto";
import { platformKeyHash } from "./platformActor.ts";

/**
 * Draws a platform's key: 256 random bits behind a prefix that secret scanners can look for.
 *
 * @returns the key, to be shown once, and the hash that the database keeps
 */
export function newPlatformKey(): { readonly key: string; readonly hash: Buffer } {
  const key = `uns_${randomBytes(32).toString("base64url")}`;
  return { key, hash: platformKeyHash(key) };
}
