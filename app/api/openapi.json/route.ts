import { apiDocument } from "../../../contracts/openapi/document.ts";

/** Made once, when the product is built: it depends on nothing but the schemas. */
export const dynamic = "force-static";

/** The API that platforms use, as OpenAPI 3.1. Public: it tells nothing about what is inside. */
export function GET(): Response {
  return Response.json(apiDocument());
}
