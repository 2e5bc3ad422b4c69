import type { ProductionStuckCode } from "../../../domain/legal/productionWords.ts";

/** A person must act before the build goes on. The message names neither content nor place. */
export class BuildStuck extends Error {
  override readonly name = "BuildStuck";
  readonly code: ProductionStuckCode;
  /** Path of the file at which it stands still. */
  readonly path: string | null;

  constructor(code: ProductionStuckCode, path: string | null) {
    super(`The build stands still: ${code}`);
    this.code = code;
    this.path = path;
  }
}

/** The log has not given an event its signed place yet: the build rests and goes on later. */
export class NotSignedYet extends Error {
  override readonly name = "NotSignedYet";

  constructor() {
    super("The log has not signed it yet.");
  }
}
