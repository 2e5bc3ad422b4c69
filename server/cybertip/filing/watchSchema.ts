import { guarded, type Json } from "../../../db/connect.ts";
import { workerSql } from "../../../db/worker-client.ts";
import { compareWithModel } from "../../../domain/cybertip/schema/compareSchemas.ts";
import { readSchema } from "../ncmec/readSchema.ts";
import { openService, type SetService } from "./openService.ts";

/** What became of the schema: `additions` hurt nobody, `changed` means that what we send may be refused. */
export interface SchemaCheck {
  readonly environment: string;
  readonly version: string;
  readonly outcome: "same" | "additions" | "changed" | "failed";
  readonly sha256: string | null;
  readonly differences: readonly { readonly path: string; readonly kind: string; readonly says: string }[];
  /** A word for why it failed. */
  readonly cause: string | null;
  readonly requestId: string | null;
}

/** The most differences that are kept: a schema of another kind altogether has thousands. */
const MOST = 200;

/**
 * Fetches the service's schema and compares it with the version of the model in use.
 *
 * @returns null when no credentials are set: then nobody can be asked
 * @throws DatabaseFailure when it cannot be recorded; KeyProviderError
 */
export async function watchSchema(signal?: AbortSignal): Promise<SchemaCheck | null> {
  const set = await openService();
  if (!set) return null;
  const found = await lookAt(set, signal);
  await guarded(
    workerSql()`select cybertip.record_schema_check(${found as unknown as Json as never}::jsonb)`,
  );
  return found;
}

async function lookAt(
  { service, environment, version }: SetService,
  signal: AbortSignal | undefined,
): Promise<SchemaCheck> {
  const outcome = await readSchema(service, signal);
  const { requestId, answerSha256: sha256 } = outcome.exchange;
  const known = { environment, version, sha256, requestId };
  const failed = (cause: string): SchemaCheck => ({ ...known, outcome: "failed", differences: [], cause });
  if (outcome.kind === "refused") return failed(`code-${outcome.code}`);
  if (outcome.kind === "failed") return failed(outcome.cause);
  const compared = compareWithModel(outcome.answer.xsd, version);
  if (compared.kind === "unreadable") return failed("schema-unreadable");
  const { differences, breaks } = compared;
  return {
    ...known,
    outcome: differences.length === 0 ? "same" : breaks ? "changed" : "additions",
    differences: differences.slice(0, MOST),
    cause: null,
  };
}
