/**
 * Remembers which events were met, by the last eight bytes of their ids (of which 62 bits are drawn at random): about a
 * dozen bytes of memory a leaf.
 *
 * @param count how many will come
 * @returns whether an id is new, by the third and fourth of its four words
 */
export function seenOnce(count: number): (third: number, fourth: number) => boolean {
  let slots = 1024;
  while (slots < count * 1.4) slots *= 2;
  const high = new Uint32Array(slots);
  const low = new Uint32Array(slots);
  return (third, l) => {
    // Zero marks an empty slot.
    const h = third || 1;
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
