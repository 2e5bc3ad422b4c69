import { chmod, chown, mkdir, mkdtemp, rmdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Identity } from "./identity.ts";
import { run } from "./run.ts";

/**
 * Makes the folder that holds a cluster: below the data folder when the user who runs PostgreSQL can get there,
 * elsewhere when not (a checkout below root's home, mode 700). The rights on folders above are never widened.
 *
 * @param passing whether the place may vanish with the machine's temporary files (tests)
 * @returns an existing folder owned by that user, mode 700
 */
export async function makePlace(
  dataDir: string,
  identity: Identity | undefined,
  passing: boolean,
): Promise<string> {
  const near = join(dataDir, "pg");
  const fresh = !(await stat(near).catch(() => undefined));
  await mkdir(near, { recursive: true, mode: 0o700 });
  if (!identity) return near;
  if (fresh) await chown(near, identity.uid, identity.gid);
  if (await canWrite(near, identity)) return near;
  await rmdir(near);
  const away = await mkdtemp(join(await awayFolder(passing), "unseal-"));
  await chown(away, identity.uid, identity.gid);
  if (await canWrite(away, identity)) return away;
  throw new Error(
    `The user ${identity.name}, as whom root runs PostgreSQL, can enter neither ${near} nor ${away}. ` +
      "Set UNSEAL_DATA_DIR to a folder that this user can reach, for instance below /srv.",
  );
}

/** Makes the data folder. Root leaves it passable (not readable), since another user must reach the cluster in it. */
export async function makeDataDir(dataDir: string, identity: Identity | undefined): Promise<void> {
  if (await stat(dataDir).catch(() => undefined)) return;
  await mkdir(dirname(dataDir), { recursive: true });
  await mkdir(dataDir, { mode: 0o700 });
  if (identity) await chmod(dataDir, 0o711);
}

async function awayFolder(passing: boolean): Promise<string> {
  if (passing) return tmpdir();
  const lasting = "/var/lib/unseal";
  try {
    await mkdir(lasting, { recursive: true, mode: 0o755 });
    return lasting;
  } catch {
    return "/var/tmp";
  }
}

/** Tried as that user, since every folder above counts. */
async function canWrite(folder: string, identity: Identity): Promise<boolean> {
  const tried = await run("/bin/sh", ["-c", 'cd "$1" && test -w .', "sh", folder], { identity });
  return tried.code === 0;
}
