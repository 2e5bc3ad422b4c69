"use client";

import { useEffect, useLayoutEffect, useRef } from "react";
import { matchKeys, worksInFields } from "./matchKeys.ts";
import { usePreferences } from "./preferences.tsx";
import { SHORTCUTS, type ShortcutId } from "./shortcuts.ts";

type Handlers = Partial<Record<ShortcutId, (event: KeyboardEvent) => void>>;

const SEQUENCE_MS = 1200;
let leader: { key: string; at: number } | null = null;

/**
 * Listens for shortcuts of the table while the component is there. A handler that is left out leaves the key to
 * others. Nothing happens inside a dialog, nor for single keys inside a text field or when they are turned off.
 */
export function useShortcuts(handlers: Handlers): void {
  const latest = useRef(handlers);
  const { singleKeys } = usePreferences();
  // Before the browser paints: a key that is pressed as soon as something is seen must find who listens for it.
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useLayoutEffect(() => {
    const handle = (event: KeyboardEvent, chords: boolean): void => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (document.querySelector("dialog[open]")) return;
      const inField = isField(event.target);
      const before = leader && event.timeStamp - leader.at < SEQUENCE_MS ? leader.key : null;
      for (const [id, handler] of Object.entries(latest.current)) {
        if (!handler) continue;
        const matching = SHORTCUTS[id as ShortcutId].keys.find((keys) => matchKeys(event, keys, before));
        if (!matching || matching.startsWith("mod+") !== chords) continue;
        if (inField && !worksInFields(matching)) continue;
        if (!singleKeys && matching.length === 1) continue;
        if (matching === "Enter" && isPressable(event.target)) continue;
        event.preventDefault();
        if (chords) event.stopPropagation();
        handler(event);
        return;
      }
    };
    // Chords come first: a list that takes Enter for itself must not take Control+Enter too.
    const onChord = (event: KeyboardEvent): void => handle(event, true);
    const onKey = (event: KeyboardEvent): void => handle(event, false);
    document.addEventListener("keydown", onChord, true);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onChord, true);
      document.removeEventListener("keydown", onKey);
    };
  }, [singleKeys]);
}

/**
 * Remembers the first key of a sequence for whichever handler comes next, and lets Escape lead out of a text field, so
 * that single keys work again. Installed once, by the shell.
 */
export function useSequenceLeader(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && isField(event.target) && !document.querySelector("dialog[open]"))
        (event.target as HTMLElement).blur();
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !isField(event.target);
      const opens = Object.values(SHORTCUTS).some(({ keys }) =>
        keys.some((key) => key.startsWith(`${event.key} `)),
      );
      leader = plain && opens ? { key: event.key, at: event.timeStamp } : null;
    };
    // On window, so that it runs after the handlers, which listen on document.
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return (
    target instanceof HTMLInputElement && !["radio", "checkbox", "button", "submit"].includes(target.type)
  );
}

/** Enter on a link or a button presses it; no shortcut may take that away. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("a, button, summary, input, [role='option']");
}
