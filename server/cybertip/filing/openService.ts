import { z } from "zod";
import { guarded } from "../../../db/connect.ts";
import { workerSql } from "../../../db/worker-client.ts";
import { SCHEMA_VERSIONS, type SchemaVersion } from "../../../domain/cybertip/model/versions.ts";
import { openSecret } from "../../disclosure/secrets.ts";
import { NcmecService, type Patience } from "../ncmec/service.ts";

const base64 = z.string().transform((text) => Buffer.from(text, "base64"));
const settings = z.object({
  secretId: z.string(),
  environment: z.enum(["production", "test", "local"]),
  base: z.string().nullable(),
  username: z.string().nullable(),
  schemaVersion: z.enum(SCHEMA_VERSIONS),
  live: z.boolean(),
  password: z.object({ keyId: z.string(), kekId: z.string(), wrapped: base64, box: base64 }).nullable(),
});

/** The service that the settings name. */
export interface SetService {
  readonly service: NcmecService;
  readonly environment: "production" | "test" | "local";
  readonly version: SchemaVersion;
  readonly live: boolean;
}

// A receipt is kept word for word in a column that takes a million characters.
const PATIENCE: Partial<Patience> = { answerBytes: 900_000 };

/**
 * Opens the credentials of the settings, as the worker.
 *
 * @returns null when none have been set
 * @throws DatabaseFailure; KeyProviderError when the password does not open
 */
export async function openService(patience: Partial<Patience> = {}): Promise<SetService | null> {
  const [row] = await guarded(workerSql()`select cybertip.service_settings() as settings`);
  const { environment, base, username, password, secretId, schemaVersion, live } = settings.parse(
    row?.settings,
  );
  if (username === null || password === null) return null;
  const service = new NcmecService({
    environment,
    username,
    password: await openSecret(secretId, password),
    patience: { ...PATIENCE, ...patience },
    ...(base !== null && { base }),
  });
  return { service, environment, version: schemaVersion, live };
}
