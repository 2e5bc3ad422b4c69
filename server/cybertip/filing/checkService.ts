import { readStatus } from "../ncmec/readStatus.ts";
import { openService } from "./openService.ts";
import { type SchemaCheck, watchSchema } from "./watchSchema.ts";

/** Whether the service is there and knows us, and how its schema compares. */
export interface ServiceCheck {
  readonly environment: string;
  readonly known: boolean;
  /** In plain words. */
  readonly says: string;
  /** Null when the service was not asked for it, since it does not know us. */
  readonly schema: SchemaCheck | null;
}

/**
 * Asks the service, with the credentials of the settings. What is found of its schema is put on record.
 *
 * @returns null when no credentials are set
 * @throws DatabaseFailure; KeyProviderError when the password does not open
 */
export async function checkService(): Promise<ServiceCheck | null> {
  const set = await openService();
  if (!set) return null;
  const { environment, service } = set;
  const outcome = await readStatus(service);
  if (outcome.kind === "accepted")
    return { environment, known: true, says: "the service knows us.", schema: await watchSchema() };
  const says =
    outcome.kind === "refused"
      ? `the service refuses us (${outcome.code}). ${outcome.meaning.says} ${outcome.meaning.next}`
      : outcome.says;
  return { environment, known: false, says, schema: null };
}
