const NEWLINE = 0x0a;

/** A line of a stream, counted from 1. Bytes are null for one that is longer than a line may be. */
export interface Line {
  readonly number: number;
  readonly bytes: Buffer | null;
}

/**
 * Cuts chunks into lines. Holds at most one line, and of a line that is too long nothing but its number.
 *
 * @param cap most bytes of a line
 */
export function lineCutter(cap: number): { cut(chunk: Buffer): Line[]; rest(): Line[] } {
  let held: Buffer[] = [];
  let size = 0;
  let number = 0;
  let tooLong = false;

  const hold = (part: Buffer) => {
    size += part.length;
    if (size > cap) {
      tooLong = true;
      held = [];
    }
    if (!tooLong && part.length > 0) held.push(part);
  };
  const finish = (): Line | null => {
    number++;
    const bytes = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held);
    const line = tooLong ? { number, bytes: null } : isBlank(bytes) ? null : { number, bytes };
    held = [];
    size = 0;
    tooLong = false;
    return line;
  };

  return {
    /** @returns the lines that this chunk completes; blank ones are counted and left out */
    cut(chunk) {
      const lines: Line[] = [];
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
        hold(chunk.subarray(from, at));
        const line = finish();
        if (line) lines.push(line);
        from = at + 1;
      }
      // A copy: what is held must not keep a whole chunk alive, nor change when its memory is used again.
      if (from < chunk.length) hold(Buffer.from(chunk.subarray(from)));
      return lines;
    },
    /** @returns the last line, when the stream ended without a newline */
    rest() {
      if (size === 0) return [];
      const line = finish();
      return line ? [line] : [];
    },
  };
}

function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  return true;
}
