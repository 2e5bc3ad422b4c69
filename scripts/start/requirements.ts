import type { FieldKey } from "../../environment/fields.ts";
import { PUSH_KEYS, SIEM_KEYS } from "../../environment/settings.ts";

type Served = "web" | "intake" | "worker";

/** Settings that each part needs before anything is started, so that all that is missing is told at once. */
const NEEDS = {
  web: [
    "databaseUrl",
    "nextauthUrl",
    "nextauthSecret",
    "keyFile",
    "sessionIdleMinutes",
    "sessionHours",
    "ticketWebhook",
    "ticketWebhookPrivate",
    "siemEnterprise",
  ],
  intake: ["intakeDatabaseUrl", "keyFile"],
  // Of those that may be left out, what is given is checked before the worker starts.
  worker: [
    "workerDatabaseUrl",
    "keyFile",
    "auditDatabaseUrl",
    "logKeyFile",
    "packetKeyFile",
    ...PUSH_KEYS,
    ...SIEM_KEYS,
  ],
} as const satisfies Record<Served, readonly FieldKey[]>;

/** The settings that a choice of parts needs, each once. */
export function requirements(serve: readonly Served[]): FieldKey[] {
  const all = serve.flatMap((part): readonly FieldKey[] => NEEDS[part]);
  return [...new Set<FieldKey>(["host", "port", "trustProxy", "logLevel", ...all])];
}
