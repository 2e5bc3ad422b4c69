/** Output of a stage that runs beside another: held until the other has said all of its own, so that both can be read. */
export class HeldOutput {
  #held: (string | Uint8Array)[] | null = [];

  write = (piece: string | Uint8Array): void => {
    if (this.#held) this.#held.push(piece);
    else process.stdout.write(piece);
  };

  /** Says what was held; from here on nothing is. */
  release(): void {
    for (const piece of this.#held ?? []) process.stdout.write(piece);
    this.#held = null;
  }
}
