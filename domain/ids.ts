import { hash } from "node:crypto";

/**
 * Ids of what platforms send are derived from the platform's own ids: the same flag, delivered twice, has the same id
 * without anybody looking it up. UUID version 8 (RFC 9562 §5.8) whose free bits are the first of a SHA-256.
 *
 * They identify and hide nothing: whoever knows a platform's ids can compute ours.
 */
function derive(what: string, scope: string, name: string): string {
  // Unambiguous: `what` and `scope` are ours and hold no NUL, and the name comes last.
  const hex = hash("sha256", `unseal/id/v1\0${what}\0${scope}\0${name}`, "hex");
  const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 0b0011) | 0b1000).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** @returns our id of a platform's thread */
export function threadId(platformId: string, platformThreadId: string): string {
  return derive("thread", platformId, platformThreadId);
}

/** @returns our id of a platform's flag */
export function flagId(platformId: string, platformFlagId: string): string {
  return derive("flag", platformId, platformFlagId);
}

/** @returns our id of a message; the same platform id in another thread is another message */
export function messageId(thread: string, platformMessageId: string): string {
  return derive("message", thread, platformMessageId);
}

/** @returns our id of a participant; the same account in another thread has another id, so nothing joins threads */
export function participantId(thread: string, platformParticipantId: string): string {
  return derive("participant", thread, platformParticipantId);
}
