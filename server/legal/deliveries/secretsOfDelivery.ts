import { createHash, randomBytes, randomInt } from "node:crypto";
import { contentMac } from "../../disclosure/seal.ts";

/** A link's token: 256 bits, 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What of a token or ticket is kept. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(`unseal/delivery/v1\0${token}`).digest();
}

/** Ten digits, to be read out. */
export function newDeliveryCode(): string {
  return Array.from({ length: 10 }, () => randomInt(10)).join("");
}

/** As people type it: blanks and hyphens do not count. */
export function tidyCode(code: string): string {
  return code.replace(/[\s-]/g, "");
}

/** In two groups, as it is shown. */
export function shownCode(code: string): string {
  return `${code.slice(0, 5)} ${code.slice(5)}`;
}

/**
 * What of a code is kept: keyed by the installation's own key, since ten digits are soon guessed by whoever holds a plain hash, and
 * bound to its delivery.
 */
export function codeMac(deliveryId: string, code: string): Promise<Buffer> {
  return contentMac("unseal/delivery-code/v1", deliveryId, tidyCode(code));
}
