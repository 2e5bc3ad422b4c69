import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { PREFERENCES_COOKIE, readPreferences } from "../components/shell/preferenceCookie.ts";
import { PreferencesProvider } from "../components/shell/preferences.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Unseal", template: "%s · Unseal" },
  robots: { index: false, follow: false, nocache: true },
  referrer: "no-referrer",
  // Numbers in messages must not turn into links.
  formatDetection: { telephone: false, date: false, address: false, email: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

/** Every page is drawn for one request: the script nonce of the content security policy changes each time. */
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const preferences = readPreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return (
    <html
      lang="en"
      data-theme={preferences.theme === "system" ? undefined : preferences.theme}
      suppressHydrationWarning
    >
      <body className="bg-paper font-sans text-ink antialiased">
        <PreferencesProvider initial={preferences}>{children}</PreferencesProvider>
      </body>
    </html>
  );
}
