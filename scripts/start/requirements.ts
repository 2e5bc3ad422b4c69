import type { FieldKey } from "../../environment/fields.ts";

type Served = "web" | "intake" | "worker";

/** Checked before the worker starts, though each may be left out. */
const SINKS = [
  "siemSyslogUrl",
  "siemHttpsUrl",
  "siemTokenFile",
  "siemCaFile",
  "siemCertFile",
  "siemKeyFile",
  "siemStart",
  "siemAlertMinutes",
  "siemEnterprise",
] as const;

/** Where checkpoints are pushed to. */
const PUSHES = [
  "logWitnesses",
  "logArchiveDir",
  "logTsaUrl",
  "logTsaCaFile",
  "logPushSeconds",
  "logTsaMinutes",
] as const satisfies readonly FieldKey[];

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
  worker: ["workerDatabaseUrl", "keyFile", "auditDatabaseUrl", "logKeyFile", ...PUSHES, ...SINKS],
} as const satisfies Record<Served, readonly FieldKey[]>;

/** The settings that a choice of parts needs, each once. */
export function requirements(serve: readonly Served[]): FieldKey[] {
  const all = serve.flatMap((part): readonly FieldKey[] => NEEDS[part]);
  return [...new Set<FieldKey>(["host", "port", "trustProxy", "logLevel", ...all])];
}
