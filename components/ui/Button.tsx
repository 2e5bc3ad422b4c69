import clsx from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { Kbd } from "./Kbd.tsx";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

const LOOKS: Record<ButtonLook, string> = {
  primary: "bg-accent text-on-accent border-accent enabled:hover:brightness-110",
  secondary: "bg-surface text-ink border-edge enabled:hover:bg-sunken",
  quiet: "bg-transparent text-ink border-transparent enabled:hover:bg-sunken",
  danger: "bg-surface text-danger border-danger enabled:hover:bg-danger-soft",
};

/** The one look of everything that can be pressed; also for links that look like buttons. */
export function buttonClass(look: ButtonLook = "secondary", small = false): string {
  return clsx(
    "inline-flex items-center justify-center gap-1.5 rounded border font-medium no-underline whitespace-nowrap",
    "disabled:opacity-60 disabled:cursor-not-allowed aria-disabled:opacity-60",
    small ? "min-h-7 px-2 text-[0.93rem]" : "min-h-8 px-3",
    LOOKS[look],
  );
}

type Props = ComponentProps<"button"> & {
  look?: ButtonLook;
  small?: boolean;
  /** Work is under way: the button says so and takes no second press. */
  busy?: boolean;
  /** A key that does the same, shown beside the label. */
  keys?: string;
};

/** A button. `type="button"` unless told otherwise, so that none submits a form by accident. */
export function Button({ look, small, busy = false, keys, className, children, disabled, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys ? ariaKeys(keys) : undefined}
      className={clsx(buttonClass(look, small), className)}
    >
      {busy && <LoaderCircle aria-hidden className="size-4 motion-safe:animate-spin" />}
      {children}
      {keys && <Kbd keys={keys} onAccent={look === "primary"} />}
    </button>
  );
}

/** `mod+Enter` in the words of `aria-keyshortcuts`. */
function ariaKeys(keys: string): string {
  return keys.replace("mod+", "Control+");
}
