/** What a check looked at. */
export type Check = "shape" | "roles" | "records" | "sealed" | "log";

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
