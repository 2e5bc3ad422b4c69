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
