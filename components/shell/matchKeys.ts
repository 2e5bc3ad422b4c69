/** What of a keyboard event matters for matching. */
export type Pressed = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
};

/**
 * Whether a press is the key or chord written as in the shortcut table. A sequence (`g q`) matches when `before` was
 * its first key. A sign such as `?` needs Shift on some keyboards and not on others: Shift is compared for letters only.
 */
export function matchKeys(pressed: Pressed, keys: string, before: string | null): boolean {
  const [first, second] = keys.split(" ");
  if (second !== undefined) return before === first && matchKeys(pressed, second, null);
  const parts = keys.split("+");
  const key = parts.pop() ?? "";
  const mod = parts.includes("mod");
  const shift = parts.includes("Shift");
  if ((pressed.ctrlKey || pressed.metaKey) !== mod || pressed.altKey) return false;
  if (pressed.key.toLowerCase() !== key.toLowerCase()) return false;
  return !/^[a-z]$/i.test(key) || pressed.shiftKey === shift;
}

/** Chords work inside text fields; single keys do not, since there they are text. */
export function worksInFields(keys: string): boolean {
  return keys.startsWith("mod+");
}
