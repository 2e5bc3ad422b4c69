import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import type { Command } from "commander";
import { migrate } from "../../db/migrate.ts";
import { forEachRole } from "../../db/roles/loginRoles.ts";
import { roleUrl } from "../../db/roles/roleUrl.ts";
import { setRolePasswords } from "../../db/roles/setRolePasswords.ts";
import { readSettings } from "../../environment/readSettings.ts";
import { adminSettings } from "../../environment/settings.ts";
import { fromWhereTheyStood } from "../../environment/startedFrom.ts";
import { writeEnvFile } from "../../environment/writeEnvFile.ts";
import { newKeyRing } from "../../server/disclosure/newKeyRing.ts";
import { makePacketKey, readPacketKey } from "../../server/packet/signingKey.ts";
import { LogKeyRefused, makeLogKeyFile } from "../../server/tlog/addLogKey.ts";
import { readLogKeys } from "../../server/tlog/keyFile.ts";
import { Told } from "../tellFailure.ts";
import { withAdmin } from "../withAdmin.ts";

type Options = {
  adminUrl?: string;
  out: string;
  keyFile?: string;
  logKeyFile?: string;
  packetKeyFile?: string;
  origin: string;
  force?: boolean;
};

export function register(program: Command): void {
  program
    .command("setup")
    .description(
      "prepare a PostgreSQL database of your own: migrate, set passwords, make the keys, write the settings",
    )
    .option(
      "--admin-url <url>",
      "administrator's URL of the database (or ADMIN_DATABASE_URL, which `ps` does not show)",
    )
    .option("--out <file>", "settings file to write, mode 0600", ".env.unseal")
    .option(
      "--key-file <file>",
      "key ring to make, or to keep when it exists (default: unseal-keys.json beside --out)",
    )
    .option(
      "--log-key-file <file>",
      "keys that sign the log: to make, or to keep when it exists (default: unseal-log-keys.json beside --out)",
    )
    .option(
      "--packet-key-file <file>",
      "key that signs packets for lawful requests: to make, or to keep when it exists (default: unseal-packet-key.json beside --out)",
    )
    .option("--origin <url>", "address under which staff reach the console", "http://localhost:3000")
    .option(
      "--force",
      "replace the settings file; new passwords shut out every process that runs with the old ones",
    )
    .action(setUp);
}

async function setUp(options: Options): Promise<void> {
  const out = fromWhereTheyStood(options.out);
  if (existsSync(out) && !options.force)
    throw new Told(`${out} exists. Nothing was changed. --force replaces it and sets new passwords.`);
  const before = existsSync(out) ? parseEnv(await readFile(out, "utf8")) : {};
  // Looked at before anything is changed, in the words an operator knows from start-up.
  const { adminDatabaseUrl } = adminSettings(options.adminUrl);
  const { nextauthUrl } = readSettings(["nextauthUrl"], { NEXTAUTH_URL: options.origin });
  const keyFile = options.keyFile
    ? fromWhereTheyStood(options.keyFile)
    : (before.UNSEAL_KEY_FILE ?? join(dirname(out), "unseal-keys.json"));

  const logKeyFile = options.logKeyFile
    ? fromWhereTheyStood(options.logKeyFile)
    : (before.LOG_SIGNING_KEY_FILE ?? join(dirname(out), "unseal-log-keys.json"));

  const packetKeyFile = options.packetKeyFile
    ? fromWhereTheyStood(options.packetKeyFile)
    : before.PACKET_SIGNING_KEY_FILE || join(dirname(out), "unseal-packet-key.json");

  const madeKeys = !existsSync(keyFile);
  if (madeKeys) await newKeyRing(keyFile);
  readSettings(["keyFile"], { UNSEAL_KEY_FILE: keyFile });

  const { applied, urls } = await withAdmin(adminDatabaseUrl, async (sql) => {
    const names = await migrate(sql);
    const passwords = await setRolePasswords(sql);
    return { applied: names, urls: forEachRole((role) => roleUrl(adminDatabaseUrl, role, passwords[role])) };
  });
  await writeEnvFile(out, {
    DATABASE_URL: urls.web,
    INTAKE_DATABASE_URL: urls.intake,
    WORKER_DATABASE_URL: urls.worker,
    AUDIT_DATABASE_URL: urls.audit,
    NEXTAUTH_URL: nextauthUrl,
    NEXTAUTH_SECRET: before.NEXTAUTH_SECRET ?? randomBytes(48).toString("base64url"),
    UNSEAL_KEY_FILE: keyFile,
    LOG_SIGNING_KEY_FILE: logKeyFile,
    PACKET_SIGNING_KEY_FILE: packetKeyFile,
  });
  const madePacketKey = !existsSync(packetKeyFile);
  const packetKey = madePacketKey
    ? await makePacketKey(packetKeyFile, `${new URL(nextauthUrl).host}/packets`)
    : await readPacketKey(packetKeyFile);
  const madeLogKey = !existsSync(logKeyFile);
  if (madeLogKey) await makeLogKey(urls.audit, logKeyFile, nextauthUrl);
  const [logKey] = (await readLogKeys(logKeyFile)).keys.slice(-1);
  process.stdout.write(
    [
      `database: ${applied.length === 0 ? "was current" : "brought up to date"}, four login roles with new passwords`,
      `keys:     ${keyFile} (${madeKeys ? "made" : "kept"}). Back it up apart from the database: without it no thread opens.`,
      `log:      ${logKeyFile} (${madeLogKey ? "made" : "kept"}). Whoever verifies the log needs its public key:`,
      `          ${logKey?.vkey}`,
      `packets:  ${packetKeyFile} (${madePacketKey ? "made" : "kept"}). Publish its public key; recipients verify packets with it:`,
      `          ${packetKey.vkey}`,
      `settings: ${out} (mode 0600). The administrator's URL is not in it; serving processes never need it.`,
      "next:     npm start",
      "",
    ].join("\n"),
  );
}

async function makeLogKey(url: string, file: string, consoleUrl: string): Promise<void> {
  const origin = `${new URL(consoleUrl).host}/audit-log`;
  await makeLogKeyFile(url, file, { origin, afterLoss: false }).catch((cause: unknown) => {
    throw cause instanceof LogKeyRefused
      ? new Told(`The settings are written; the log's key is not made: ${cause.message}`)
      : cause;
  });
}
