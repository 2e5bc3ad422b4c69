import { inspect } from "node:util";

/**
 * Opened content on its way out. It cannot be logged, concatenated or serialised by accident: every way but `reveal`
 * gives a mask or throws. (After the secret types of tailscale's `types/key`.)
 */
export class Sealed<T> {
  readonly #content: T;

  constructor(content: T) {
    this.#content = content;
  }

  /** The content itself. Each caller is a way out and stands in the list of `server/disclosure/README.md`. */
  reveal(): T {
    return this.#content;
  }

  toJSON(): never {
    throw new TypeError("Sealed content is not serialised: reveal it where a committed view is answered.");
  }

  toString(): string {
    return "[sealed]";
  }

  [inspect.custom](): string {
    return "[sealed]";
  }
}
