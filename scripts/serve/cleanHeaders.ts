import type { IncomingHttpHeaders } from "node:http";

/** What only a proxy of ours may say. */
const FORWARDED = /^(x-forwarded-.*|forwarded|x-real-ip)$/;

/** What only Next says to itself; from outside it is an attack (CVE-2025-29927). */
const INTERNAL = /^(x-middleware-.*|x-invoke-.*|x-matched-path|x-nextjs-matched-path)$/;

/** Removes headers that clients have no business sending. Changes the object that it is given. */
export function cleanHeaders(headers: IncomingHttpHeaders, trustProxy: boolean): void {
  for (const name of Object.keys(headers)) {
    if (INTERNAL.test(name) || (!trustProxy && FORWARDED.test(name))) delete headers[name];
  }
}
