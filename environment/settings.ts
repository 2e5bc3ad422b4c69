import type { FieldKey } from "./fields.ts";
import { readSettings, type Settings } from "./readSettings.ts";

/** Reads a surface's settings at first use and keeps them: what was checked is what is used. */
function once<const Key extends FieldKey>(keys: readonly Key[]): () => Settings<Key> {
  let known: Settings<Key> | undefined;
  return () => {
    known ??= readSettings(keys, process.env);
    return known;
  };
}

// Every function below throws SettingsError. They are functions, not constants, because `next build` loads the
// modules of every route on machines that have no settings at all.

/** What every process may know. */
export const commonSettings = once(["dataDir", "logLevel", "serve"]);

/** Where the server listens and what it believes about clients. */
export const listenSettings = once(["host", "port", "trustProxy", "serve"]);

/** Pages and the staff API. */
export const webSettings = once([
  "databaseUrl",
  "nextauthUrl",
  "nextauthSecret",
  "keyFile",
  "trustProxy",
  "sessionIdleMinutes",
  "sessionHours",
]);

/** The ticket system that requests are checked with, where there is one. */
export const ticketSettings = once(["ticketWebhook", "ticketWebhookPrivate"]);

/** The platforms' door. */
export const intakeSettings = once(["intakeDatabaseUrl", "keyFile", "trustProxy"]);

/** Background jobs. */
export const workerSettings = once(["workerDatabaseUrl", "keyFile"]);

/** What continues the log, in the worker's process, and `unseal log key …`. */
export const sequencerSettings = once(["auditDatabaseUrl", "logKeyFile"]);

/** The keys that sign the log, for whoever checks it by them. */
export const logKeySettings = once(["logKeyFile"]);

/** The key that packets are signed with, in the worker's process and for `unseal packet …`. */
export const packetSettings = once(["packetKeyFile"]);

/** Where checkpoints are pushed to. Every one of them may be left out. */
export const PUSH_KEYS = [
  "logWitnesses",
  "logArchiveDir",
  "logTsaUrl",
  "logTsaCaFile",
  "logPushSeconds",
  "logTsaMinutes",
] as const satisfies readonly FieldKey[];

/** Where the worker pushes checkpoints to. */
export const sinkSettings = once(PUSH_KEYS);

/** Where events are pushed to. Every one of them may be left out. */
export const SIEM_KEYS = [
  "siemSyslogUrl",
  "siemHttpsUrl",
  "siemTokenFile",
  "siemCaFile",
  "siemCertFile",
  "siemKeyFile",
  "siemStart",
  "siemAlertMinutes",
  "siemEnterprise",
] as const satisfies readonly FieldKey[];

/** Where the worker pushes events to. */
export const siemSettings = once(SIEM_KEYS);

/** What the process that answers pulls is told of them. */
export const feedSettings = once(["siemEnterprise"]);

/** `unseal audit …` and reading the log with `unseal log …` */
export const auditSettings = once(["auditDatabaseUrl"]);

/**
 * The administrator's URL, for `unseal setup` and `unseal migrate`; never called by a serving process.
 *
 * @param given on the command line, which then stands before the environment
 */
export function adminSettings(given?: string): Settings<"adminDatabaseUrl"> {
  return readSettings(
    ["adminDatabaseUrl"],
    given === undefined ? process.env : { ADMIN_DATABASE_URL: given },
  );
}

/** The key ring alone, for `unseal keys …`. */
export const keySettings = once(["keyFile"]);
