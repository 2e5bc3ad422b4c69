import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, sep } from "node:path";
import { withLock } from "./lock.mjs";

/**
 * Installs what package-lock.json says unless it is there already. A stamp tells the common case in a millisecond;
 * without one, npm's own record of what it installed is compared, so that a hand-made `npm install` is not undone.
 *
 * @param {string} root
 * @param {"prod" | "full"} wanted
 */
export async function ensureInstalled(root, wanted) {
  if (stamped(root, wanted)) return;
  await withLock(
    join(root, ".install.lock"),
    (holder) => console.error(`Another install is running (process ${holder}); waiting for it.`),
    async () => {
      if (stamped(root, wanted)) return;
      if (isInstalled(root, wanted)) return stamp(root, isInstalled(root, "full") ? "full" : "prod");
      // What serves is there and only what tests is missing: add to it, since a demo may be running from it.
      await npm(
        root,
        wanted === "full" && isInstalled(root, "prod") ? ["install", "--no-save"] : ["ci"],
        wanted,
      );
      if (!isInstalled(root, wanted))
        throw new Error(
          "npm ended well, yet packages of package-lock.json are missing. Delete node_modules and start again.",
        );
      stamp(root, wanted);
    },
  );
}

const lockText = (root) => readFileSync(join(root, "package-lock.json"), "utf8");
const hash = (root) => createHash("sha256").update(lockText(root)).digest("hex");
const stampFile = (root) => join(root, "node_modules", ".unseal-install");

function stamped(root, wanted) {
  try {
    const [known, mode] = readFileSync(stampFile(root), "utf8").trim().split(" ");
    return known === hash(root) && (mode === "full" || mode === wanted);
  } catch {
    return false;
  }
}

function stamp(root, mode) {
  try {
    writeFileSync(stampFile(root), `${hash(root)} ${mode}\n`);
  } catch (cause) {
    // Packages of another user, complete but not ours to mark: the slower comparison will do each time.
    if (cause.code !== "EACCES" && cause.code !== "EROFS") throw cause;
  }
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install never looks complete. */
function isInstalled(root, wanted) {
  try {
    const asked = JSON.parse(lockText(root)).packages;
    const present = JSON.parse(
      readFileSync(join(root, "node_modules", ".package-lock.json"), "utf8"),
    ).packages;
    return Object.entries(asked).every(([path, entry]) => {
      if (path === "" || entry.peer || ((entry.dev || entry.devOptional) && wanted === "prod")) return true;
      // npm passes over an optional package that failed to arrive. Those made for this machine carry our programs.
      if ((entry.optional || entry.devOptional) && !isForThisMachine(entry)) return true;
      return present[path]?.version === entry.version && existsSync(join(root, path, "package.json"));
    });
  } catch {
    return false;
  }
}

/** Whether a package is made for this platform in particular. */
function isForThisMachine({ os, cpu, libc }) {
  const matches = (list, mine) => {
    const words = [list ?? []].flat();
    return (
      words.includes(mine) ||
      (words.length > 0 && words.every((word) => word.startsWith("!") && word !== `!${mine}`))
    );
  };
  if (!matches(os, process.platform) || !matches(cpu, process.arch)) return false;
  if (!libc) return true;
  return matches(libc, process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl");
}

async function npm(root, action, wanted) {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  const dev = wanted === "full" ? "--include=dev" : "--omit=dev";
  const args = [...action, dev, "--include=optional", "--no-audit", "--no-fund", "--no-progress"];
  const [program, before] = findNpm(root);
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.error(`Installing packages (npm ${args.slice(0, 2).join(" ")}); this is needed once.`);
  const child = spawn(program, [...before, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    // On Windows npm is a batch file, which only a shell can run; its arguments are the fixed words above.
    shell: process.platform === "win32" && before.length === 0,
  });
  let output = "";
  const keep = (chunk) => {
    output = (output + chunk).slice(-8000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const tick = setInterval(() => console.error(`  ${seconds()} s`), 10_000);
  const pass = (signal) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, pass);
  try {
    const code = await new Promise((resolve, reject) => {
      child.on("error", (cause) =>
        reject(new Error(`npm could not be started: ${cause.message}. Is npm on the PATH?`)),
      );
      child.on("close", (status, signal) => resolve(signal ?? status));
    });
    if (code !== 0)
      throw new Error(
        `npm ${action[0]} failed (${code}):\n${output.trim()}\n\nMend the cause and start again.`,
      );
  } finally {
    clearInterval(tick);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, pass);
  }
  console.error(`  installed in ${seconds()} s`);
}

/** npm's own script under a Node that lies outside node_modules, for `npm ci` removes that folder first. */
function findNpm(root) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.c?js$/.test(script) && existsSync(script)) return [outerNode(root), [script]];
  return [process.platform === "win32" ? "npm.cmd" : "npm", []];
}

function outerNode(root) {
  const inside = join(root, "node_modules") + sep;
  if (!process.execPath.startsWith(inside)) return process.execPath;
  const name = process.platform === "win32" ? "node.exe" : "node";
  const others = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !`${folder}${sep}`.includes("node_modules"));
  return others.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? process.execPath;
}
