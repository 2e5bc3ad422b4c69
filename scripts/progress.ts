/** Tells a person how far a long job is, with the seconds since it began. On standard error: output stays output. */
export type Progress = (line: string) => void;

/** Starts the clock. */
export function startProgress(): Progress {
  const began = performance.now();
  return (line) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
    process.stderr.write(`${seconds} s  ${line}\n`);
  };
}
