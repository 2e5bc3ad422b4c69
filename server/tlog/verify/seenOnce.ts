/**
 * Remembers which events were met, by the last eight bytes of their ids (of which 62 bits are drawn at random): about a
 * dozen bytes of memory a leaf.
 *
 * @param count how many will come
 */
export function seenOnce(count: number): (id: Uint8Array) => boolean {
  let slots = 1024;
  while (slots < count * 1.4) slots *= 2;
  const high = new Uint32Array(slots);
  const low = new Uint32Array(slots);
  return (id) => {
    const bytes = Buffer.from(id.buffer, id.byteOffset, id.length);
    // Zero marks an empty slot.
    const [h, l] = [bytes.readUInt32BE(8) || 1, bytes.readUInt32BE(12)];
    for (let at = (l ^ h) & (slots - 1); ; at = (at + 1) & (slots - 1)) {
      if (high[at] === 0) {
        high[at] = h;
        low[at] = l;
        return true;
      }
      if (high[at] === h && low[at] === l) return false;
    }
  };
}
