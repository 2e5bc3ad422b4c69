/**
 * Calls `stop` once when this process is asked to end: by Ctrl-C, by SIGTERM, by a closed terminal, or because the
 * process that started it is gone.
 *
 * A terminal sends Ctrl-C to every process in it and our parent passes it on as well, so signals within two seconds
 * count as one. A later one ends the process at once.
 */
export function untilStopped(stop: (signal: string) => void): void {
  let first: number | undefined;
  const asked = (signal: string) => {
    if (first === undefined) {
      first = performance.now();
      stop(signal);
    } else if (performance.now() - first > 2000) process.exit(130);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, asked);
  if (process.channel) {
    process.on("disconnect", () => asked("disconnect"));
    // The pipe shall tell of the parent's end, and not keep this process from ending by itself.
    process.channel.unref();
  }
}
