"use client";

import { useState } from "react";
import { useToasts } from "../shell/toasts.tsx";

/**
 * One press that moves a thing on: says when it is under way, keeps what was refused where it was pressed, reads anew what
 * has changed.
 *
 * @param kind of thing: toasts about it replace each other
 */
export function useMove(kind: string, onChanged: () => void) {
  const { show } = useToasts();
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const act = async (name: string, run: () => Promise<unknown>, done: string): Promise<boolean> => {
    setBusy(name);
    setError(null);
    try {
      await run();
      show({ id: `${kind}-${name}`, title: done });
      return true;
    } catch (refusal) {
      setError(refusal);
      return false;
    } finally {
      setBusy(null);
      onChanged();
    }
  };
  return { busy, error, act };
}
