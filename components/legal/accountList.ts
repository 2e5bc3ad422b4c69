/** How many accounts one request may name on its form; the server has the last word. */
export const MOST_ACCOUNTS = 500;
const MOST_LETTERS = 256;

/** What was pasted, told apart. */
export interface PastedAccounts {
  /** Each id once, in the order in which it came. */
  readonly ids: readonly string[];
  readonly repeated: number;
  /** Lines that are too long to be an id. */
  readonly tooLong: number;
  /** How many more there are than one request may name. */
  readonly tooMany: number;
}

/**
 * The platform's ids of accounts out of a paste: one a line, or separated by commas, semicolons or tabs; quotes of a
 * spreadsheet and a leading @ are taken off. Nothing is looked up here.
 */
export function pastedAccounts(text: string): PastedAccounts {
  const found = text
    .split(/[\n\r,;\t]+/)
    .map((piece) =>
      piece
        .trim()
        .replace(/^["'](.*)["']$/, "$1")
        .replace(/^@/, "")
        .trim(),
    )
    .filter((piece) => piece !== "");
  const fit = found.filter((piece) => piece.length <= MOST_LETTERS);
  const ids = [...new Set(fit)];
  return {
    ids: ids.slice(0, MOST_ACCOUNTS),
    repeated: fit.length - ids.length,
    tooLong: found.length - fit.length,
    tooMany: Math.max(0, ids.length - MOST_ACCOUNTS),
  };
}
