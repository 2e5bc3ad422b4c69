export type Path = readonly (string | number)[];

/** A path as a JSON pointer (RFC 6901): `/personOrUserReported/0/email/1/value`. */
export function writePointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The steps of a JSON pointer; numbers where a step is an index. An empty list for what is no pointer. */
export function readPointer(pointer: string): (string | number)[] {
  if (!pointer.startsWith("/")) return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) =>
      /^(0|[1-9][0-9]*)$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~"),
    );
}
