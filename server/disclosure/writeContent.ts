import type { Sealed } from "./Sealed.ts";

/**
 * An answer that carries content; nothing else writes one. No cache on the way may keep it, and no page may frame or sniff it.
 */
export function writeContent<T>(content: Sealed<T>): Response {
  return new Response(JSON.stringify(content.reveal()), {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store, no-cache, private, max-age=0",
      pragma: "no-cache",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}
