"use client";

import { Dialog } from "../ui/Dialog.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { usePreferences } from "./preferences.tsx";
import { SCOPE_TITLES, SHORTCUTS, type ShortcutScope } from "./shortcuts.ts";

const USED = new Set<ShortcutScope>(Object.values(SHORTCUTS).map(({ scope }) => scope));
const SCOPES = (Object.keys(SCOPE_TITLES) as ShortcutScope[]).filter((scope) => USED.has(scope));

/** All shortcuts, drawn from the table that the handlers use. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { singleKeys, set } = usePreferences();
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" wide>
      <div className="columns-1 gap-8 sm:columns-2">
        {SCOPES.map((scope) => (
          <section key={scope} className="mb-4 break-inside-avoid" aria-labelledby={`shortcuts-${scope}`}>
            <h3 id={`shortcuts-${scope}`} className="heading mb-1">
              {SCOPE_TITLES[scope]}
            </h3>
            <dl>
              {Object.entries(SHORTCUTS)
                .filter(([, shortcut]) => shortcut.scope === scope)
                .map(([id, shortcut]) => (
                  <div
                    key={id}
                    className="flex items-baseline justify-between gap-4 border-b border-line py-1"
                  >
                    <dt>{shortcut.does}</dt>
                    <dd className="flex shrink-0 gap-1">
                      <span className="sr-only">{spoken(shortcut.keys)}</span>
                      {shown(shortcut.keys).map((keys) => (
                        <Kbd key={keys} keys={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="mt-2 flex items-center gap-2 border-t border-line pt-3">
        <input
          type="checkbox"
          className="size-4"
          checked={singleKeys}
          onChange={(event) => set({ singleKeys: event.target.checked })}
        />
        Single-key shortcuts are on. Turn them off if you dictate, or if keys are pressed by accident.
      </label>
    </Dialog>
  );
}

function shown(keys: readonly string[]): string[] {
  return keys.flatMap((key) => key.split(" "));
}

function spoken(keys: readonly string[]): string {
  return keys.map((key) => key.replace("mod", "Control").replace(" ", " then ")).join(" or ");
}
