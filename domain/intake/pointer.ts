/** One thing that is wrong with a flag: where, as a JSON pointer (RFC 6901), and what to do about it. */
export interface FieldProblem {
  pointer: string;
  message: string;
}

/** Names that a contract could have. Anything else might be somebody's words, and an error never repeats those. */
const NAMEABLE = /^[A-Za-z_$][\w$.-]{0,63}$/;

/** @returns whether a key of an object may be repeated in an error */
export function isNameable(key: string): boolean {
  return NAMEABLE.test(key);
}

/**
 * @param path keys and indices from the root
 * @returns the JSON pointer; it ends at the first key that cannot be named in an error
 */
export function pointerTo(path: readonly PropertyKey[]): string {
  let pointer = "";
  for (const step of path) {
    if (typeof step === "number") {
      pointer += `/${step}`;
    } else {
      const key = String(step);
      if (!isNameable(key)) return pointer;
      pointer += `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    }
  }
  return pointer;
}
