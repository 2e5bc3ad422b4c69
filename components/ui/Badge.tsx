import clsx from "clsx";
import type { ReactNode } from "react";

export type Tone = "plain" | "accent" | "danger" | "warn" | "ok" | "seal";

const TONES: Record<Tone, string> = {
  plain: "border-line bg-sunken text-ink",
  accent: "border-accent bg-accent-soft text-accent",
  danger: "border-danger bg-danger-soft text-danger",
  warn: "border-warn bg-warn-soft text-warn",
  ok: "border-ok bg-ok-soft text-ok",
  seal: "border-seal-line bg-seal text-seal-ink",
};

/** A short word in a box. The word says it all; the colour only repeats it. */
export function Badge({
  tone = "plain",
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span
      title={title}
      className={clsx(
        "inline-flex items-center gap-1 align-middle rounded-sm border px-1.5 text-[0.857rem] leading-5 whitespace-nowrap",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
