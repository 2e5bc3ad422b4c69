/** No two of a kind on some disk: names that Windows keeps for devices, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const LONGEST_NAME = 255;
const LONGEST_PATH = 1_000;

/**
 * What keeps a path from being a safe name for a file in a bag, on any system: it must stay below its folder (RFC 8493 §5),
 * and be one that Windows, macOS and Linux can all write as it is.
 *
 * @returns the rest of a sentence ("leaves its folder"), or null for a safe one
 */
export function nameProblem(path: string): string | null {
  if (path === "") return "is empty";
  if (!path.isWellFormed()) return "holds half a character";
  if (path.length > LONGEST_PATH) return "is too long";
  if (/^[/\\~]/.test(path) || /^[A-Za-z]:/.test(path)) return "does not lie below its folder";
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/u.test(path)) return "holds characters that cannot be seen";
  if (/[<>:"|?*\\]/.test(path)) return "holds a character that not every system can write";
  for (const name of path.split("/")) {
    if (name === "") return "holds an empty name";
    if (name === "." || name === "..") return "leaves its folder";
    if (Buffer.byteLength(name) > LONGEST_NAME) return "is too long";
    if (/[. ]$/.test(name) || name.startsWith(" ")) return "begins or ends with a blank or a dot";
    if (RESERVED.test(name)) return "is kept for a device";
  }
  return null;
}

/** What two names have in common that some disk cannot tell apart: upper and lower case, and Unicode normalisation. */
export function foldedName(path: string): string {
  return path.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}

/** Finds names that differ only in case or normalisation, or are the same, as they come. */
export class Clashes {
  readonly #seen = new Map<string, string>();

  /** @returns the earlier name that this one clashes with */
  add(path: string): string | null {
    const folded = foldedName(path);
    const earlier = this.#seen.get(folded);
    if (earlier !== undefined) return earlier;
    this.#seen.set(folded, path);
    return null;
  }
}

/** A path as manifests write it (RFC 8493 §2.1.3): line breaks and the percent sign are spelt out, and nothing else. */
export function encodePath(path: string): string {
  return path.replaceAll("%", "%25").replaceAll("\n", "%0A").replaceAll("\r", "%0D");
}

/** The inverse; what is not one of the three codes stays as it is, as the standard's readers do. */
export function decodePath(path: string): string {
  return path.replace(/%(0A|0D|25)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
