"use client";

import { useCallback, useEffect, useRef } from "react";
import { goToField } from "./goToField.ts";

/** Leads to a field once it is drawn: whoever adds one wants to write in it. */
export function useFresh(): (pointer: string) => void {
  const fresh = useRef<string | null>(null);
  useEffect(() => {
    if (fresh.current === null) return;
    goToField(fresh.current);
    fresh.current = null;
  });
  return useCallback((pointer) => {
    fresh.current = pointer;
  }, []);
}
