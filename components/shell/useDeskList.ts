"use client";

import { type RefObject, useRef } from "react";
import { moveAmong } from "../ui/moveAmong.ts";
import { useShortcuts } from "./useShortcuts.ts";

/** The keys of a list of the desk: up and down its rows, and reading it anew. @returns where to put the list */
export function useDeskList(refresh: () => void): RefObject<HTMLOListElement | null> {
  const list = useRef<HTMLOListElement>(null);
  useShortcuts({
    deskDown: () => moveAmong(list.current, 1),
    deskUp: () => moveAmong(list.current, -1),
    deskRefresh: refresh,
  });
  return list;
}
