import { useCommands } from "../shell/commands.tsx";
import { keyOf, type ShortcutId } from "../shell/shortcuts.ts";
import { useShortcuts } from "../shell/useShortcuts.ts";

/** What can be done with a case now; what cannot is left out. */
type Acts = Partial<
  Record<
    "open" | "seal" | "claim" | "release" | "reason" | "takeUp" | "glass" | "flag" | "next" | "back",
    () => void
  >
>;

/** The acts that the palette offers, in its order. */
const COMMANDS: readonly { act: keyof Acts; label: string; shortcut?: ShortcutId }[] = [
  { act: "open", label: "Open the flagged window", shortcut: "caseOpen" },
  { act: "seal", label: "Close the view", shortcut: "viewClose" },
  { act: "claim", label: "Claim this case", shortcut: "caseClaim" },
  { act: "release", label: "Release your claim", shortcut: "caseRelease" },
  { act: "takeUp", label: "Open what was approved", shortcut: "caseTakeUp" },
  { act: "glass", label: "A life is in danger: break the glass" },
  { act: "flag", label: "Raise a flag" },
  { act: "back", label: "Back to the queue", shortcut: "caseBack" },
];

/** The keys and the commands of a case: what a key does, the palette offers too, and both only while it can be done. */
export function useCaseKeys(acts: Acts): void {
  // An open view listens for its own end.
  useShortcuts({
    caseClaim: acts.claim,
    caseOpen: acts.open,
    caseReason: acts.reason,
    caseTakeUp: acts.takeUp,
    caseRelease: acts.release,
    caseNext: acts.next,
    caseBack: acts.back,
  });
  useCommands(
    COMMANDS.flatMap(({ act, label, shortcut }) => {
      const run = acts[act];
      return run ? [{ id: act, group: "Case", label, keys: shortcut && keyOf(shortcut), run }] : [];
    }),
  );
}
