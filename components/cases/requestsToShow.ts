import type { RequestDto } from "../../contracts/access.ts";

const DAY_MS = 24 * 3600_000;

/**
 * Of a case's requests (newest first), those of this person that still say something: what waits, what can be opened,
 * and what was denied or lapsed within a day, unless the same was asked again since.
 */
export function requestsToShow(requests: readonly RequestDto[], now: number): RequestDto[] {
  const asked = new Set<string>();
  return requests.filter((request) => {
    if (!request.mine) return false;
    const what = `${request.purpose} ${request.scope}`;
    const again = asked.has(what);
    asked.add(what);
    if (request.state === "pending" || request.state === "approved") return true;
    if (again || (request.state !== "denied" && request.state !== "expired")) return false;
    return now - Date.parse(request.endedAt ?? request.expiresAt) < DAY_MS;
  });
}
