import type { Sql } from "postgres";
import { checkSealed } from "../disclosure/checkSealed.ts";
import { checkLog } from "./checkLog.ts";
import { checkRecords } from "./checkRecords.ts";
import { checkRoles } from "./checkRoles.ts";
import { compareShapes } from "./compareShapes.ts";
import type { Check, Finding } from "./finding.ts";
import { referenceShape } from "./referenceShape.ts";
import { shapeOf } from "./shapeOf.ts";

const SHOWN = 10;

/** What the doctor says at the end. A check that could not be made is no clean bill: it is named. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly done: readonly Check[];
  readonly notDone: readonly { readonly check: Check; readonly why: string }[];
}

interface Options {
  readonly checks: readonly Check[];
  readonly onProgress?: (line: string) => void;
}

/**
 * Examines a database with an administrator's eyes: is its shape ours, are its roles harmless, do its records stand in the
 * log, does each ciphertext open where it lies?
 *
 * @param adminUrl of a role that may read everything, and create a database for the comparison
 */
export async function examine(sql: Sql, adminUrl: string, options: Options): Promise<Diagnosis> {
  const say = options.onProgress ?? (() => {});
  const findings: Finding[] = [];
  const done: Check[] = [];
  const notDone: { check: Check; why: string }[] = [];
  for (const check of options.checks) {
    try {
      say(check);
      findings.push(...(await LOOKS[check](sql, adminUrl, say)));
      done.push(check);
    } catch (error) {
      notDone.push({ check, why: error instanceof Error ? error.message : "failed" });
    }
  }
  return { findings, done, notDone };
}

type Look = (sql: Sql, adminUrl: string, say: (line: string) => void) => Promise<Finding[]>;

const LOOKS: Record<Check, Look> = {
  shape: async (sql, adminUrl) => compareShapes(await referenceShape(adminUrl), await shapeOf(sql)),
  roles: (sql) => checkRoles(sql),
  records: (sql, _url, say) => checkRecords(sql, (name) => say(`records: ${name}`)),
  sealed: async (sql, _url, say) => {
    const { damaged } = await checkSealed(sql, (threads) => say(`sealed: ${threads} threads`));
    if (damaged.length === 0) return [];
    const shown = damaged.slice(0, SHOWN).map((d) => `${d.of} ${d.id} of thread ${d.threadId}`);
    const more = damaged.length > SHOWN ? ` and ${damaged.length - SHOWN} more` : "";
    return [
      {
        check: "sealed",
        code: "ciphertext-does-not-open",
        where: shown.join(", ") + more,
        what: "These do not open where they lie: they were changed, or moved from another place. Restore them from a backup.",
      },
    ];
  },
  log: (_sql, url, say) => checkLog(url, say),
};
