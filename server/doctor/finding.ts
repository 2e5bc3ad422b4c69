/** What can be looked at, the quickest first. */
export const CHECKS = ["roles", "shape", "records", "log", "sealed"] as const;
export type Check = (typeof CHECKS)[number];

/** Something that is not as the product left it. Names ids and objects, never content. */
export type Finding = {
  readonly check: Check;
  /** One word for machines, e.g. `function-changed`. */
  readonly code: string;
  /** Which object, row or place; several are joined by commas. */
  readonly where: string;
  /** A sentence: what it is and what to do. */
  readonly what: string;
};
