import { isIPv4, isIPv6 } from "./ipAddress.ts";

const LOCAL = /^[^\s@"(),:;<>[\\\]\p{Cc}]+$/u;
const DOMAIN_LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** An e-mail address: one @, at most 64 before it and 255 in all, and a domain of two names or more after it. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (at < 1 || local.length > 64 || text.length > 255) return false;
  if (!LOCAL.test(local) || local.startsWith(".") || local.endsWith(".") || local.includes(".."))
    return false;
  const labels = text.slice(at + 1).split(".");
  return labels.length >= 2 && labels.every((label) => DOMAIN_LABEL.test(label));
}

/** A whole web address: http, https or ftp, with a host and without white space. */
export function isUrl(text: string): boolean {
  if (/[\s\p{Cc}]/u.test(text) || !/^(?:https?|ftp):\/\//i.test(text)) return false;
  return URL.canParse(text);
}

/** IPv4, IPv6, or IPv4 within IPv6. */
export function isIp(text: string): boolean {
  return isIPv4(text) || isIPv6(text);
}

/** What the schema calls a token, and not an empty one. */
export function isToken(text: string): boolean {
  return text.length > 0 && !/\s/.test(text);
}
