import clsx from "clsx";

const SIGNS: Record<string, string> = {
  mod: "Ctrl",
  Enter: "↵",
  Escape: "Esc",
  ArrowDown: "↓",
  ArrowUp: "↑",
};

/** A key or a chord (`mod+Enter`), drawn. Hidden from screen readers: the control carries `aria-keyshortcuts`. */
export function Kbd({ keys, onAccent = false }: { keys: string; onAccent?: boolean }) {
  return (
    <span aria-hidden className="inline-flex gap-0.5">
      {keys.split("+").map((key) => (
        <kbd
          key={key}
          className={clsx(
            "rounded-sm border px-1 font-mono text-[0.78rem] leading-4",
            onAccent ? "border-on-accent text-on-accent" : "border-line bg-surface text-muted",
          )}
        >
          {SIGNS[key] ?? key}
        </kbd>
      ))}
    </span>
  );
}
