"use client";

import { keyOf, type ShortcutId } from "../../shell/shortcuts.ts";
import { Button } from "../../ui/Button.tsx";
import type { ReviewedMessage } from "./OpenPage.tsx";

export type ReviewActs = Readonly<
  Record<
    "privileged" | "outOfScope" | "other" | "redact" | "rule" | "name" | "takeBack",
    (() => void) | undefined
  >
>;

type Props = { message: ReviewedMessage | null; place: string; acts: ReviewActs };

/** What can be decided about the message that has the focus. Each is a key as well. */
export function ReviewToolbar({ message, place, acts }: Props) {
  const aside = message !== null && message.setAside !== null;
  return (
    <div
      role="toolbar"
      aria-label="Decide about the message"
      className="flex flex-wrap items-center gap-1.5 overflow-x-auto border-b max-sm:flex-nowrap border-line bg-surface px-3 py-1.5"
    >
      <span className="mr-1 whitespace-nowrap text-muted">{place}:</span>
      {!aside && (
        <>
          <Act of={acts.privileged} shortcut="reviewPrivileged" label="Privileged" />
          <Act of={acts.outOfScope} shortcut="reviewOutOfScope" label="Out of scope" />
          <Act of={acts.other} shortcut="reviewOther" label="Set aside" />
        </>
      )}
      <Act of={acts.redact} shortcut="reviewRedact" label="Redact" />
      <Act of={acts.rule} shortcut="reviewRule" label="Add a rule" />
      <Act of={acts.name} shortcut="reviewName" label="Name" />
      <Act of={acts.takeBack} shortcut="reviewTakeBack" label="Take back" />
    </div>
  );
}

function Act({ of, shortcut, label }: { of: (() => void) | undefined; shortcut: ShortcutId; label: string }) {
  return (
    <Button
      small
      disabled={!of}
      keys={keyOf(shortcut)}
      onClick={of}
      // What is selected stays selected while the button is pressed.
      onMouseDown={(event) => event.preventDefault()}
    >
      {label}
    </Button>
  );
}
