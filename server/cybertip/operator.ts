import type { Sql } from "postgres";
import { z } from "zod";
import { guarded } from "../../db/connect.ts";
import { DatabaseFailure } from "../../db/failure.ts";
import type { Report } from "../../domain/cybertip/model/report.ts";
import { SCHEMA_VERSIONS } from "../../domain/cybertip/model/versions.ts";
import { validateReport } from "../../domain/cybertip/validate.ts";
import { sealSecret } from "../disclosure/secrets.ts";
import { NcmecService } from "./ncmec/service.ts";

/** A command on the settings of CyberTip reports that cannot be carried out; the message says what to change. */
export class CyberTipError extends Error {
  override readonly name = "CyberTipError";
}

const environment = z.enum(["production", "test", "local"]);
const settings = z.object({
  secretId: z.string(),
  environment,
  base: z.string().nullable(),
  username: z.string().nullable(),
  hasPassword: z.boolean(),
  reporter: z.unknown(),
  schemaVersion: z.string(),
  live: z.boolean(),
  dueHours: z.number(),
  mostBytes: z.number(),
  changedAt: z.string(),
  filing: z.number(),
  stuck: z.number(),
  schemaCheck: z
    .object({
      checkedAt: z.string(),
      outcome: z.string(),
      sha256: z.string().nullable(),
      cause: z.string().nullable(),
      differences: z.array(z.object({ path: z.string(), kind: z.string(), says: z.string() })),
    })
    .nullable(),
});
/** How reports leave, as the operator sees it: without the password. */
export type CyberTipSettings = z.output<typeof settings>;

/** What is changed; what is left out stays. */
export interface CyberTipChange {
  readonly environment?: "production" | "test" | "local";
  /** Of a local service; needed with `local`, and with nothing else. */
  readonly base?: string;
  readonly username?: string;
  readonly password?: string;
  readonly reporter?: unknown;
  readonly schemaVersion?: string;
  readonly dueHours?: number;
  readonly mostBytes?: number;
}

/** @throws CyberTipError; DatabaseFailure */
export async function showSettings(sql: Sql): Promise<CyberTipSettings> {
  const [row] = await told(sql`select cybertip.show_settings() as settings`);
  return settings.parse(row?.settings);
}

/**
 * Changes how reports leave. With another environment the credentials of the last one go, and live submission goes off.
 *
 * @throws CyberTipError when the change does not fit, or a report is under way; KeyProviderError when the password cannot
 *   be sealed: nothing is changed then
 */
export async function configureCyberTip(sql: Sql, change: CyberTipChange): Promise<void> {
  const { secretId, ...now } = await showSettings(sql);
  const { password, reporter, ...plain } = change;
  if (change.base !== undefined && change.environment !== "local")
    throw new CyberTipError("Only the local environment takes an address; NCMEC's own are known.");
  if (change.environment === "local" && change.base === undefined)
    throw new CyberTipError("Say where the local service lies: --base http://127.0.0.1:4010/ispws");
  if (change.schemaVersion !== undefined && !SCHEMA_VERSIONS.some((one) => one === change.schemaVersion))
    throw new CyberTipError(`The schema's version is one of: ${SCHEMA_VERSIONS.join(", ")}.`);
  if (reporter !== undefined) checkReporter(reporter);
  checkPlace(change, now.base);
  const sealed = password === undefined ? undefined : await sealSecret(secretId, password);
  const asked = {
    ...plain,
    ...(reporter !== undefined && { reporter }),
    ...(sealed && {
      password: {
        keyId: sealed.keyId,
        kekId: sealed.kekId,
        wrapped: sealed.wrapped.toString("base64"),
        box: sealed.box.toString("base64"),
      },
    }),
  };
  await told(sql`select cybertip.configure(${asked as never}::jsonb)`);
}

/** Switches live submission. @throws CyberTipError while something is missing for it */
export async function setLive(sql: Sql, live: boolean): Promise<void> {
  await told(sql`select cybertip.set_live(${live})`);
}

/**
 * Puts on record what NCMEC said of an attempt that the service would not tell of.
 *
 * @param number the report's own number
 * @throws CyberTipError when nothing about it is unsettled
 */
export async function settleReport(sql: Sql, number: number, filed: boolean, reason: string): Promise<void> {
  await told(sql`select cybertip.settle_attempt(${number}, ${filed}, ${reason})`);
}

function checkReporter(reporter: unknown): void {
  const report = {
    incidentSummary: {
      incidentType: "Child Sex Trafficking",
      incidentDateTime: "2026-01-01T00:00:00Z",
    },
    reporter,
  } as Report;
  const wrong = validateReport(report, { now: new Date(), version: "2025-11" }).filter(
    (one) => one.severity === "error" && one.pointer.startsWith("/reporter"),
  );
  if (wrong.length > 0)
    throw new CyberTipError(
      `The reporter is not as NCMEC takes it:\n${wrong.map((one) => `  ${one.pointer}: ${one.message}`).join("\n")}`,
    );
}

/** The client says itself what it does not take; its words hold no credentials. */
function checkPlace(change: CyberTipChange, base: string | null): void {
  try {
    const place = change.base ?? base;
    new NcmecService({
      environment: place === null || place === undefined ? "test" : "local",
      username: change.username ?? "",
      password: "",
      ...(place != null && { base: place }),
    });
  } catch (error) {
    throw error instanceof RangeError ? new CyberTipError(error.message) : error;
  }
}

async function told<T>(query: PromiseLike<T>): Promise<T> {
  return guarded(query).catch((error: unknown) => {
    const known = error instanceof DatabaseFailure ? WORDS[error.sqlstate] : undefined;
    throw known ? new CyberTipError(known) : error;
  });
}

const WORDS: Readonly<Record<string, string>> = {
  UN004: "Nothing about this report is unsettled. The register shows where it stands.",
  UN022: "A report is being filed in the environment that is set. Wait until it is settled, or stop it.",
  "23514":
    "Something is missing or out of range. Live submission needs user name, password and reporter of the environment that is set.",
};
