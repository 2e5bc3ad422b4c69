/** What a log may say about an error. Its message and detail are left out: both can carry rows and parameters. */
export type ReducedError = {
  readonly name: string;
  /** A code of ours or of Node's. */
  readonly code?: string;
  /** PostgreSQL's five characters. */
  readonly sqlstate?: string;
  /** File and line where it was thrown, without the path. */
  readonly at?: string;
};

/**
 * Reduces anything that was thrown to words that cannot be content. Follows `cause`, since drivers wrap what the
 * database said.
 */
export function reduceError(thrown: unknown): ReducedError {
  if (!(thrown instanceof Error)) return { name: "NotAnError" };
  const chain: Error[] = [];
  for (let error: unknown = thrown; error instanceof Error && chain.length < 5; error = error.cause)
    chain.push(error);
  const codes = chain.map(codeOf).filter((code) => code !== undefined);
  const sqlstate = codes.find((code) => /^[0-9A-Z]{5}$/.test(code));
  const code = codes.find((found) => found !== sqlstate && /^[A-Za-z][A-Za-z0-9_-]{1,59}$/.test(found));
  const at = placeOf(thrown);
  return {
    name: /^[A-Za-z]{1,60}$/.test(thrown.name) ? thrown.name : "Error",
    ...(code !== undefined && { code }),
    ...(sqlstate !== undefined && { sqlstate }),
    ...(at !== undefined && { at }),
  };
}

function codeOf(error: Error): string | undefined {
  // What is left of a database's error says it under a name of its own (db/failure.ts).
  const code: unknown = "sqlstate" in error ? error.sqlstate : "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** The first frame. The message comes before it and may itself look like frames, hence is cut off by its length. */
function placeOf(error: Error): string | undefined {
  const head = `${error.name}: ${error.message}`;
  if (!error.stack?.startsWith(head)) return undefined;
  const frame = error.stack.slice(head.length).split("\n")[1] ?? "";
  return /([\w.-]{1,60}\.[cm]?[jt]sx?:\d{1,6}):\d{1,6}\)?$/.exec(frame)?.[1];
}
