import { Highlighter } from "lucide-react";
import { Button } from "../../ui/Button.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import { counted } from "../../words.ts";

type Props = { words: number; onRedact: (() => void) | undefined; onCancel: () => void };

/** While words are being marked by keys: how, how many, and what follows. */
export function MarkingBar({ words, onRedact, onCancel }: Props) {
  return (
    <div
      role="toolbar"
      aria-label="Marking words"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-warn bg-warn-soft px-3 py-1.5"
    >
      <span className="inline-flex items-center gap-1.5 font-semibold text-warn">
        <Highlighter aria-hidden className="size-4" />
        <span role="status">{counted(words, "word")} marked</span>
      </span>
      <span className="text-ink max-sm:hidden">
        Arrows move, with Shift they extend. For part of a word, select it and press <Kbd keys="r" />.
      </span>
      <span className="ml-auto flex gap-2">
        <Button small look="primary" keys="Enter" disabled={!onRedact} onClick={onRedact}>
          Redact
        </Button>
        <Button small keys="Escape" onClick={onCancel}>
          Stop
        </Button>
      </span>
    </div>
  );
}
