/**
 * Versions of the service's schema that the model knows, oldest first.
 *
 * - `2025-11`: the schema as the service gave it in November 2025. The default.
 * - `2026-08`: with additions seen since in other people's clients. Not to be sent before the operator's own
 *   `GET /xsd` has them (`domain/cybertip/schema/compareSchemas.ts` says so).
 */
export const SCHEMA_VERSIONS = ["2025-11", "2026-08"] as const;
export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

export const DEFAULT_SCHEMA_VERSION: SchemaVersion = "2025-11";

/** SHA-256 of the schema document of November 2025, byte for byte. */
export const SCHEMA_2025_11_SHA256 = "aee4c88099409b8a27d1403a5bc9bf0809bdc4819c079081abc1e2275efb392b";

/** Whether a field that came with version `since` may be used in `version`. */
export function isIn(version: SchemaVersion, since: SchemaVersion | undefined): boolean {
  return since === undefined || SCHEMA_VERSIONS.indexOf(since) <= SCHEMA_VERSIONS.indexOf(version);
}
