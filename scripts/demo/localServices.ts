import { randomBytes } from "node:crypto";
import { join } from "node:path";
import postgres from "postgres";
import { DEMO_PLATFORM } from "../../db/seed/demo.ts";
import { assumeSettings } from "../../environment/assumeSettings.ts";
import { configureCyberTip, setLive, showSettings } from "../../server/cybertip/operator.ts";
import { setSource } from "../../server/cybertip/sources.ts";
import { startNcmec } from "../ncmec/startNcmec.ts";
import { isFree } from "../postgres/port.ts";
import type { Progress } from "../progress.ts";
import { type PlatformFiles, startPlatformFiles } from "./platformFiles.ts";

/** What stands in for others on this machine. */
export interface LocalServices {
  /** Where the demo's platform keeps its files. */
  readonly filesOrigin: string;
  /** Says so in the settings, with today's token, once the platform is there. */
  nameFiles(): Promise<void>;
  stop(): Promise<void>;
}

/** Made up, on reserved names. */
const REPORTER = {
  reportingPerson: {
    firstName: "Demo",
    lastName: "Reporter",
    email: [{ value: "safety@example.org", type: "Work" }],
  },
  companyTemplate: "A report of the demo. It was made up, and it goes nowhere.",
  legalURL: "https://example.org/legal",
} as const;

/**
 * Starts the local CyberTipline service and points the settings at it, so that a report can be filed from end to end and
 * leaves this machine for nowhere. What it received lies in the data folder. Settings that somebody has changed to NCMEC's
 * own environments are left as they are.
 */
export async function startLocalServices(options: {
  readonly dataDir: string;
  readonly adminUrl: string;
  readonly keyFile: string;
  readonly tell: Progress;
}): Promise<LocalServices> {
  const sql = postgres(options.adminUrl, { max: 1, onnotice: () => {} });
  try {
    const before = await showSettings(sql);
    const folder = join(options.dataDir, "ncmec");
    const password = randomBytes(24).toString("base64url");
    const port = await portOf(before.base);
    const ncmec = await startNcmec({ folder, port, username: "demo", password });
    if (before.environment === "local" || before.username === null) {
      assumeSettings({ UNSEAL_KEY_FILE: options.keyFile });
      await configureCyberTip(sql, {
        environment: "local",
        base: ncmec.base,
        username: "demo",
        password,
        ...(before.reporter === null && { reporter: REPORTER }),
      });
      // Somebody may have switched it off to see what happens then.
      if (before.username === null) await setLive(sql, true);
      options.tell(`CyberTip reports are filed with a local service; it keeps them in ${folder}`);
    }
    const files = await startPlatformFiles(options.dataDir);
    return {
      filesOrigin: files.origin,
      nameFiles: () => nameFiles(options.adminUrl, files),
      stop: async () => {
        await Promise.all([ncmec.stop(), files.stop()]);
      },
    };
  } finally {
    await sql.end();
  }
}

async function nameFiles(adminUrl: string, { origin, token }: PlatformFiles): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await setSource(sql, DEMO_PLATFORM, { origins: [origin], inside: true, token });
  } finally {
    await sql.end();
  }
}

/** Where it was before, so that a report that is open there is found again; any free port otherwise. */
async function portOf(base: string | null): Promise<number> {
  const before = base === null ? 0 : Number(new URL(base).port);
  return before !== 0 && (await isFree(before)) ? before : 0;
}
