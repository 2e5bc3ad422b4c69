import type { Output } from "./runTool.ts";

/** Output of what runs beside something else: held until the other has said all of its own, so that both can be read. */
export class HeldOutput {
  #held: (string | Uint8Array)[] | null = [];
  #to: Output = (piece) => void process.stdout.write(piece);

  write = (piece: string | Uint8Array): void => {
    if (this.#held) this.#held.push(piece);
    else this.#to(piece);
  };

  /** Says what was held, here or to whoever takes it; from here on nothing is held. */
  release(to?: Output): void {
    if (to) this.#to = to;
    for (const piece of this.#held ?? []) this.#to(piece);
    this.#held = null;
  }
}
