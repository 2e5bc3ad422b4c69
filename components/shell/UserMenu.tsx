"use client";

import { ChevronDown, Monitor, Moon, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { ROLE_WORDS } from "../words.ts";
import { useSignedIn } from "./me.tsx";
import type { Theme } from "./preferenceCookie.ts";
import { usePreferences } from "./preferences.tsx";

const THEMES: ReadonlyArray<readonly [Theme, string, typeof Sun]> = [
  ["system", "As the system", Monitor],
  ["light", "Light", Sun],
  ["dark", "Dark", Moon],
];
const ITEM =
  "flex min-h-8 items-center gap-2 rounded px-2 outline-none data-highlighted:bg-accent-soft data-highlighted:text-accent";

/** Who is signed in, how the pages look, the way out. */
export function UserMenu({ onSignOut, onShortcuts }: { onSignOut: () => void; onShortcuts: () => void }) {
  const me = useSignedIn();
  const { theme, autoNext, set } = usePreferences();
  const roles = me.roles.map((role) => ROLE_WORDS[role]).join(", ");
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="flex min-h-8 min-w-0 items-center gap-1.5 rounded px-2 text-left hover:bg-sunken">
        <span className="flex min-w-0 flex-col leading-tight">
          <span className="max-w-32 truncate font-medium">
            <span className="sr-only">Signed in as </span>
            {me.name}
          </span>
          <span className="max-w-32 truncate text-[0.857rem] text-muted max-sm:hidden">{roles}</span>
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" sideOffset={4} className="panel z-40 min-w-56 p-1.5 shadow-lg">
        <DropdownMenu.Label className="px-2 py-1 text-muted">{me.email}</DropdownMenu.Label>
        <DropdownMenu.Separator className="my-1 border-t border-line" />
        <DropdownMenu.Label className="heading px-2 py-1">Colours</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => set({ theme: value as Theme })}>
          {THEMES.map(([value, label, Icon]) => (
            <DropdownMenu.RadioItem key={value} value={value} className={ITEM}>
              <Icon aria-hidden className="size-4" />
              <span className="grow">{label}</span>
              <DropdownMenu.ItemIndicator aria-hidden>✓</DropdownMenu.ItemIndicator>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className="my-1 border-t border-line" />
        <DropdownMenu.CheckboxItem
          checked={autoNext}
          onCheckedChange={(checked) => set({ autoNext: checked })}
          className={ITEM}
        >
          <span className="grow">Next case after a decision</span>
          <DropdownMenu.ItemIndicator aria-hidden>✓</DropdownMenu.ItemIndicator>
        </DropdownMenu.CheckboxItem>
        <DropdownMenu.Item className={ITEM} onSelect={onShortcuts}>
          Keyboard shortcuts
        </DropdownMenu.Item>
        <DropdownMenu.Separator className="my-1 border-t border-line" />
        <DropdownMenu.Item className={ITEM} onSelect={onSignOut}>
          Sign out
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
