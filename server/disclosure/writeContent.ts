import type { ViewContent } from "../../contracts/disclosure.ts";
import type { Sealed } from "./Sealed.ts";

/**
 * The only answer of the API that carries content. No cache on the way may keep it, and no page may frame or sniff it.
 */
export function writeContent(content: Sealed<ViewContent>): Response {
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
