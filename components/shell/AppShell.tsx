"use client";

import { Command as CommandIcon, Keyboard, MailOpen, WifiOff } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { type ReactNode, useState } from "react";
import type { MeDto } from "../../contracts/session.ts";
import { Notices } from "../access/Notices.tsx";
import { LiveProvider, useLiveState } from "../api/live.tsx";
import { endSession } from "../api/sessionEnd.ts";
import { UndoProvider } from "../decision/undo.tsx";
import { Button } from "../ui/Button.tsx";
import { CommandPalette } from "./CommandPalette.tsx";
import { useCommands } from "./commands.tsx";
import { MainNav } from "./MainNav.tsx";
import { MeProvider, useSignedIn } from "./me.tsx";
import { Providers } from "./Providers.tsx";
import { placesOf } from "./places.ts";
import { usePreferences } from "./preferences.tsx";
import { SessionClock } from "./SessionClock.tsx";
import { ShortcutSheet } from "./ShortcutSheet.tsx";
import { keyOf } from "./shortcuts.ts";
import { UserMenu } from "./UserMenu.tsx";
import { useSequenceLeader, useShortcuts } from "./useShortcuts.ts";

/** The frame around every page of the staff. */
export function AppShell({ me, children }: { me: MeDto; children: ReactNode }) {
  return (
    <Providers>
      <MeProvider me={me}>
        <LiveProvider>
          <UndoProvider>
            <Frame>{children}</Frame>
          </UndoProvider>
        </LiveProvider>
      </MeProvider>
    </Providers>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const me = useSignedIn();
  const router = useRouter();
  const { set } = usePreferences();
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const places = placesOf(me);
  const leave = async (): Promise<void> => {
    await signOut({ redirect: false }).catch(() => undefined);
    endSession("signed-out");
  };

  useSequenceLeader();
  useShortcuts({
    palette: () => setPalette(true),
    sheet: () => setSheet(true),
    ...Object.fromEntries(places.map(({ shortcut, href }) => [shortcut, () => router.push(href)])),
  });
  useCommands([
    ...places.map(({ href, label, shortcut }) => ({
      id: `go-${href.slice(1)}`,
      group: "Go to",
      label,
      keys: keyOf(shortcut).replace(" ", "+"),
      run: () => router.push(href),
    })),
    { id: "theme-light", group: "Colours", label: "Light", run: () => set({ theme: "light" }) },
    { id: "theme-dark", group: "Colours", label: "Dark", run: () => set({ theme: "dark" }) },
    { id: "theme-system", group: "Colours", label: "As the system", run: () => set({ theme: "system" }) },
    {
      id: "shortcuts",
      group: "Unseal",
      label: "Keyboard shortcuts",
      keys: keyOf("sheet"),
      run: () => setSheet(true),
    },
    { id: "sign-out", group: "Unseal", label: "Sign out", run: () => void leave() },
  ]);

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:top-1 focus:left-1"
      >
        Skip to the page
      </a>
      <header className="sticky print:hidden top-0 z-30 flex h-12 items-center gap-1 border-b border-line bg-surface px-3">
        <Link
          href="/"
          prefetch={false}
          className="mr-1 flex items-center gap-1.5 font-semibold sm:mr-2 text-ink no-underline"
        >
          <MailOpen aria-hidden className="size-4 text-accent" />
          Unseal
        </Link>
        <MainNav />
        <div className="ml-auto flex min-w-0 items-center gap-1">
          <LiveMark />
          <SessionClock />
          <Button
            look="quiet"
            small
            aria-label="Commands"
            onClick={() => setPalette(true)}
            className="max-sm:hidden"
          >
            <CommandIcon aria-hidden className="size-4" />
          </Button>
          <Button
            look="quiet"
            small
            aria-label="Keyboard shortcuts"
            onClick={() => setSheet(true)}
            className="max-sm:hidden"
          >
            <Keyboard aria-hidden className="size-4" />
          </Button>
          <UserMenu onSignOut={() => void leave()} onShortcuts={() => setSheet(true)} />
        </div>
      </header>
      <div className="print:hidden">
        <Notices />
      </div>
      <main id="main" tabIndex={-1} className="flex grow flex-col outline-none">
        {children}
      </main>
      <CommandPalette open={palette} onClose={() => setPalette(false)} />
      <ShortcutSheet open={sheet} onClose={() => setSheet(false)} />
    </div>
  );
}

/** Says when live updates have stopped; silent while all is well. */
function LiveMark() {
  const lost = useLiveState() === "lost";
  return (
    <span role="status" className="flex items-center gap-1.5 text-warn">
      {lost && (
        <>
          <WifiOff aria-hidden className="size-4" />
          <span className="max-sm:sr-only">Live updates are interrupted</span>
        </>
      )}
    </span>
  );
}
