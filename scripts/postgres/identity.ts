import { statSync } from "node:fs";
import { run } from "./run.ts";

/** A user of this machine, other than the present one, as whom PostgreSQL runs. */
export type Identity = { readonly name: string; readonly uid: number; readonly gid: number };

/** The user we make when root has nobody else to run PostgreSQL as. */
const OWN_USER = "unseal-pg";

/**
 * Decides as whom PostgreSQL runs. It refuses to run as root, and rightly so: hence root hands it to an unprivileged
 * user, everybody else runs it as themselves.
 *
 * @param cluster the data folder; when it exists, its owner stays its owner
 * @returns undefined when the present user will do
 * @throws when the cluster belongs to somebody whom we may not become
 */
export async function chooseIdentity(cluster: string): Promise<Identity | undefined> {
  const me = process.getuid?.();
  if (me === undefined) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (me !== 0) {
    if (owner && owner.uid !== me)
      throw new Error(
        `${cluster} belongs to another user (number ${owner.uid}). Start as that user (or as root if root made it), ` +
          "or set UNSEAL_DATA_DIR to a folder of your own.",
      );
    return undefined;
  }
  if (owner && owner.uid !== 0) {
    const named = await run("id", ["-nu", String(owner.uid)]).catch(() => undefined);
    const name = named?.code === 0 ? named.output.trim() : `number ${owner.uid}`;
    return { name, uid: owner.uid, gid: owner.gid };
  }
  return (
    (await lookUp("postgres")) ??
    (await lookUp(OWN_USER)) ??
    (await createUser()) ??
    (await lookUp("nobody")) ?? { name: "nobody", uid: 65534, gid: 65534 }
  );
}

async function lookUp(name: string): Promise<Identity | undefined> {
  const ask = async (flag: string) => {
    const { code, output } = await run("id", [flag, name]);
    return code === 0 && /^\d+$/.test(output.trim()) ? Number(output.trim()) : undefined;
  };
  try {
    const [uid, gid] = await Promise.all([ask("-u"), ask("-g")]);
    return uid === undefined || gid === undefined || uid === 0 ? undefined : { name, uid, gid };
  } catch {
    return undefined;
  }
}

/** Tries the two usual ways to add a system user (shadow, busybox). Neither being there is no error: nobody is left. */
async function createUser(): Promise<Identity | undefined> {
  const ways: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", OWN_USER]],
    ["adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", OWN_USER]],
  ];
  for (const [program, args] of ways) {
    const made = await run(program, args).catch(() => undefined);
    if (made?.code === 0) return lookUp(OWN_USER);
  }
  return undefined;
}
