import { describe, expect, it } from "vitest";
import { matchKeys, type Pressed } from "./matchKeys.ts";
import { SHORTCUTS } from "./shortcuts.ts";

const press = (key: string, held: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("matchKeys", () => {
  it("tells chords from single keys", () => {
    expect(matchKeys(press("k", { ctrlKey: true }), "mod+k", null)).toBe(true);
    expect(matchKeys(press("k", { metaKey: true }), "mod+k", null)).toBe(true);
    expect(matchKeys(press("k"), "mod+k", null)).toBe(false);
    expect(matchKeys(press("k", { ctrlKey: true }), "k", null)).toBe(false);
    expect(matchKeys(press("k", { altKey: true }), "k", null)).toBe(false);
  });

  it("compares Shift for letters and not for signs", () => {
    expect(matchKeys(press("?", { shiftKey: true }), "?", null)).toBe(true);
    expect(matchKeys(press("?"), "?", null)).toBe(true);
    expect(matchKeys(press("R", { shiftKey: true }), "Shift+r", null)).toBe(true);
    expect(matchKeys(press("R", { shiftKey: true }), "r", null)).toBe(false);
  });

  it("matches a sequence only after its first key", () => {
    expect(matchKeys(press("q"), "g q", "g")).toBe(true);
    expect(matchKeys(press("q"), "g q", null)).toBe(false);
    expect(matchKeys(press("q"), "g q", "x")).toBe(false);
  });
});

describe("the shortcut table", () => {
  it("gives no key twice to what can be on one page", () => {
    const together = [
      ["everywhere", "queues"],
      ["everywhere", "queue"],
      ["everywhere", "case", "view", "decision"],
      ["everywhere", "audit"],
    ];
    for (const scopes of together) {
      const used = Object.values(SHORTCUTS)
        .filter((shortcut) => scopes.includes(shortcut.scope))
        .flatMap((shortcut) => [...shortcut.keys]);
      expect(used.filter((key, index) => used.indexOf(key) !== index)).toEqual([]);
    }
  });
});
