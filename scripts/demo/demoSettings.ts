import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { ForEachRole } from "../../db/roles/loginRoles.ts";
import { writeEnvFile } from "../../environment/writeEnvFile.ts";
import { newKeyRing } from "../../server/disclosure/newKeyRing.ts";
import { makePacketKey } from "../../server/packet/signingKey.ts";
import { makeLogKeyFile } from "../../server/tlog/addLogKey.ts";

/**
 * Writes the demo's settings to `demo.env` (mode 0600) in the data folder, making the key ring, the log's key and the packets' beside it
 * when there are none. The secret of an earlier start is kept, so that sessions outlive a restart.
 *
 * @returns the settings as variables
 */
export async function writeDemoSettings(
  dataDir: string,
  urls: ForEachRole<string>,
  listen: { readonly host: string; readonly port: number },
): Promise<Record<string, string> & { readonly UNSEAL_KEY_FILE: string }> {
  const file = join(dataDir, "demo.env");
  const before = existsSync(file) ? parseEnv(await readFile(file, "utf8")) : {};
  const keyFile = join(dataDir, "demo-keys.json");
  if (!existsSync(keyFile)) await newKeyRing(keyFile);
  const logKeyFile = join(dataDir, "demo-log-keys.json");
  if (!existsSync(logKeyFile))
    await makeLogKeyFile(urls.audit, logKeyFile, { origin: "demo.example.org/audit-log", afterLoss: true });
  const packetKeyFile = join(dataDir, "demo-packet-key.json");
  if (!existsSync(packetKeyFile)) await makePacketKey(packetKeyFile, "demo.example.org/packets");
  const values = {
    DATABASE_URL: urls.web,
    INTAKE_DATABASE_URL: urls.intake,
    WORKER_DATABASE_URL: urls.worker,
    AUDIT_DATABASE_URL: urls.audit,
    NEXTAUTH_URL: `http://127.0.0.1:${listen.port}`,
    NEXTAUTH_SECRET: before.NEXTAUTH_SECRET ?? randomBytes(48).toString("base64url"),
    UNSEAL_KEY_FILE: keyFile,
    LOG_SIGNING_KEY_FILE: logKeyFile,
    PACKET_SIGNING_KEY_FILE: packetKeyFile,
    UNSEAL_DATA_DIR: dataDir,
    UNSEAL_SERVE: "web,intake,worker",
    HOST: listen.host,
    PORT: String(listen.port),
  };
  await writeEnvFile(file, values);
  return values;
}
