"use client";

import { BrokenPage } from "../components/ui/BrokenPage.tsx";
import "./globals.css";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** The last boundary: it replaces the root layout, so it brings its own. */
export default function GloballyBroken({ error, reset }: Props) {
  return (
    <html lang="en">
      <body className="bg-paper font-sans text-ink">
        <main className="flex min-h-dvh flex-col">
          <BrokenPage digest={error.digest} reset={reset} />
        </main>
      </body>
    </html>
  );
}
