"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { DeliveryChannel } from "../../../domain/legal/productionWords.ts";
import { onSessionEnd } from "../../api/sessionEnd.ts";
import { Button } from "../../ui/Button.tsx";
import { Section } from "../../ui/Section.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { CHANNEL_WORDS } from "./words.ts";

/** A link and its code, which nobody can show again: only their hashes are kept. */
export type Once = {
  /** Null where only the code is new. */
  link: string | null;
  code: string;
  expiresAt: string;
  codeBy: DeliveryChannel;
  recipientName: string;
};

/** Shows a link and a code, once. Gone when it is put away, when the page is left and when the session ends. */
export function ShownOnce({ once, onDone }: { once: Once; onDone: () => void }) {
  const section = useRef<HTMLDivElement>(null);
  const latest = useRef(onDone);
  useEffect(() => {
    latest.current = onDone;
  });
  useEffect(() => {
    section.current?.focus();
    const wipe = (): void => latest.current();
    window.addEventListener("pagehide", wipe);
    const forget = onSessionEnd(wipe);
    return () => {
      window.removeEventListener("pagehide", wipe);
      forget();
    };
  }, []);
  return (
    <div ref={section} tabIndex={-1} className="outline-none" data-sealed-content>
      <Section title={`For ${once.recipientName}: shown once, now`}>
        <div className="grid max-w-2xl gap-3 rounded-md border-2 border-accent bg-accent-soft p-3">
          {once.link !== null && <Secret label="The link" value={once.link} />}
          <Secret
            label={`The code, by ${CHANNEL_WORDS[once.codeBy].toLowerCase()}`}
            value={once.code}
            large
          />
          <p>
            Good until {utcWords(once.expiresAt)}. Never send both by one way. Nobody can show them again: if
            one is lost, make another.
          </p>
          <div>
            <Button onClick={onDone}>
              <Check aria-hidden className="size-4" />I have passed them on
            </Button>
          </div>
        </div>
      </Section>
    </div>
  );
}

function Secret({ label, value, large = false }: { label: string; value: string; large?: boolean }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <div className="grid gap-1">
      <span className="heading">{label}</span>
      <div className="flex flex-wrap items-center gap-2">
        <code className={large ? "text-lg tracking-wider select-all" : "break-all select-all"}>{value}</code>
        {typeof navigator !== "undefined" && "clipboard" in navigator && (
          <Button small onClick={() => void copy()} aria-label={`Copy: ${label}`}>
            <Copy aria-hidden className="size-4" />
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </div>
    </div>
  );
}
