"use client";

import { type RefObject, useEffect } from "react";

/**
 * What is copied out of a view leaves as plain text and says which view it came from. Dragging text out, which would
 * carry markup and no such line, is refused.
 */
export function useCopyGuard(list: RefObject<HTMLElement | null>, viewId: string): void {
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const onCopy = (event: ClipboardEvent): void => {
      const text = window.getSelection()?.toString() ?? "";
      if (!text || !event.clipboardData) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", `${text}\n\nUnseal view ${viewId}\n`);
    };
    const onDrag = (event: DragEvent): void => event.preventDefault();
    element.addEventListener("copy", onCopy);
    element.addEventListener("cut", onCopy);
    element.addEventListener("dragstart", onDrag);
    return () => {
      element.removeEventListener("copy", onCopy);
      element.removeEventListener("cut", onCopy);
      element.removeEventListener("dragstart", onDrag);
    };
  }, [list, viewId]);
}
