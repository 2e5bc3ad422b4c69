"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { errorWords } from "../api/ApiError.ts";
import { undoDecision } from "../api/endpoints.ts";
import { keys } from "../api/queries.ts";
import { serverNow } from "../api/serverClock.ts";
import { keyOf } from "../shell/shortcuts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useShortcuts } from "../shell/useShortcuts.ts";

type Undoable = {
  decisionId: string;
  caseId: string;
  caseNumber: number;
  outcome: string;
  undoUntil: string;
};
const Context = createContext<(decided: Undoable) => void>(() => {});

/**
 * Keeps the last decision within reach for its ten seconds, across the change to the next case. Undoing leads back to
 * the case that was decided.
 */
export function UndoProvider({ children }: { children: ReactNode }) {
  const router = useRouter();
  const client = useQueryClient();
  const { show, dismiss } = useToasts();
  const [last, setLast] = useState<Undoable | null>(null);
  const underWay = useRef(false);

  const undo = useCallback(
    async (decided: Undoable): Promise<void> => {
      if (underWay.current) return;
      underWay.current = true;
      try {
        await undoDecision(decided.decisionId);
        setLast(null);
        dismiss("decided");
        await client.invalidateQueries({ queryKey: keys.case(decided.caseId) });
        show({ id: "undone", title: `Case ${decided.caseNumber}: the decision is undone` });
        router.push(`/cases/${decided.caseId}`);
      } catch (error) {
        const { title, detail } = errorWords(error);
        show({ id: "undo-refused", tone: "danger", title, detail });
      } finally {
        underWay.current = false;
      }
    },
    [client, dismiss, router, show],
  );

  useEffect(() => {
    if (!last) return;
    const left = Math.max(0, Date.parse(last.undoUntil) - serverNow());
    show({
      id: "decided",
      title: `Case ${last.caseNumber}: ${last.outcome}`,
      detail: "Undo within ten seconds.",
      durationMs: left + 1000,
      action: {
        label: "Undo",
        keys: keyOf("undo"),
        alt: "Press U to undo the decision",
        run: () => void undo(last),
      },
    });
    // A message that is hovered over stays longer than the undo does: it goes when undoing would be refused.
    const timer = setTimeout(() => {
      dismiss("decided");
      setLast(null);
    }, left);
    return () => clearTimeout(timer);
  }, [last, show, dismiss, undo]);

  useShortcuts({ undo: last ? () => void undo(last) : undefined });
  const offer = useMemo(() => (decided: Undoable) => setLast(decided), []);
  return <Context value={offer}>{children}</Context>;
}

/** Offers the undo of a decision just made. */
export function useOfferUndo(): (decided: Undoable) => void {
  return useContext(Context);
}
