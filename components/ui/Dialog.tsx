"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useId, useRef } from "react";
import { Button } from "./Button.tsx";

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  wide?: boolean;
  /** The palette draws its own head. */
  bare?: boolean;
  /** What has the focus first; otherwise the browser's choice. */
  initialFocus?: RefObject<HTMLElement | null>;
};

/**
 * A modal dialog: the browser's own `<dialog>`, which brings the focus trap, Escape, the inert page behind and the
 * return of focus without a script that writes styles.
 */
export function Dialog({ open, onClose, title, children, wide = false, bare = false, initialFocus }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      initialFocus?.current?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open, initialFocus]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
      onKeyDown={(event) => event.stopPropagation()}
      className={clsx(
        "panel m-auto mt-[10vh] max-h-[80vh] w-[calc(100vw-2rem)] overflow-auto p-0 shadow-xl backdrop:bg-black/50",
        wide ? "max-w-3xl" : "max-w-lg",
      )}
    >
      {open && (
        <>
          <div
            className={clsx(
              "flex items-center justify-between gap-4 border-b border-line px-4 py-2.5",
              bare && "sr-only",
            )}
          >
            <h2 id={titleId} className="text-base">
              {title}
            </h2>
            {!bare && (
              <Button look="quiet" small onClick={onClose} aria-label={`Close: ${title}`}>
                <X aria-hidden className="size-4" />
              </Button>
            )}
          </div>
          <div className={bare ? undefined : "p-4"}>{children}</div>
        </>
      )}
    </dialog>
  );
}
