import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs a program in the foreground until it ends, passing signals on. The pipe between the two tells the child when
 * this process is killed outright, so that it can tidy up even then.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code, or 128 + n when signal n ended it
 */
export function supervise(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["inherit", "inherit", "inherit", "ipc"] });
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    // At a terminal the child has had Ctrl-C already; it counts two in quick succession as one.
    const pass = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, pass);
    const stopWatching = watchParent(() => pass("SIGTERM"));
    child.on("error", (cause) => reject(new Error(`${program} could not be started: ${cause.message}`)));
    child.on("close", (code, signal) => {
      for (const name of signals) process.off(name, pass);
      stopWatching();
      resolve(signal ? 128 + (constants.signals[signal] ?? 1) : (code ?? 1));
    });
  });
}

/**
 * npm passes a signal to the shell it started and no further: the shell ends and this process would live on. Hence it
 * looks whether its parent is still there, under npm only: who started it by hand may have left it behind on purpose.
 */
function watchParent(gone) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, 250);
  return () => clearInterval(timer);
}
