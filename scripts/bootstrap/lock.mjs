import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `act` while holding a lock file that names this process, so that two installs do not tear each other apart.
 * Waits for a living holder; takes over from a dead one.
 *
 * @template Result
 * @param {string} file
 * @param {(holder: number) => void} waiting told once, when somebody else holds it
 * @param {() => Promise<Result>} act
 * @returns {Promise<Result>}
 */
export async function withLock(file, waiting, act) {
  let told = false;
  for (;;) {
    const got = tryLock(file);
    if ("release" in got) {
      try {
        return await act();
      } finally {
        got.release();
      }
    }
    if (!told) waiting(got.holder);
    told = true;
    await sleep(500);
  }
}

/**
 * Takes a lock without waiting, also from a holder that died. Released at exit in any case.
 *
 * @param {string} file
 * @returns {{ release: () => void } | { holder: number }}
 */
export function tryLock(file) {
  while (!take(file)) {
    const text = read(file);
    const holder = Number(text);
    if (holder && isAlive(holder)) return { holder };
    if (text !== undefined) removeStale(file, text);
  }
  const release = () => {
    process.off("exit", release);
    if (read(file) === String(process.pid)) rmSync(file, { force: true });
  };
  process.on("exit", release);
  return { release };
}

/** Written aside and linked into place, so that nobody ever sees a lock without its holder. */
function take(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (cause) {
    if (cause.code === "EEXIST") return false;
    // File systems without hard links: exclusive creation is the next best.
    return createExclusively(file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function createExclusively(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (cause) {
    if (cause.code === "EEXIST") return false;
    throw cause;
  }
}

/** Moved away first: of two who find the same dead holder only one moves that file; a newer one is put back. */
function removeStale(file, holder) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== holder) {
    try {
      linkSync(aside, file);
    } catch {
      // Taken again meanwhile: that holder stays.
    }
  }
  rmSync(aside, { force: true });
}

function read(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause.code === "EPERM";
  }
}
