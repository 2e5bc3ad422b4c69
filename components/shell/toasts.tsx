"use client";

import clsx from "clsx";
import { Toast } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { Kbd } from "../ui/Kbd.tsx";

type ToastAction = { label: string; keys?: string; alt: string; run: () => void };
export type ToastMessage = {
  /** A later message with the same id takes the place of the earlier. */
  id: string;
  tone?: "info" | "danger";
  title: string;
  detail?: string;
  action?: ToastAction;
  durationMs?: number;
};

type Toasts = { show: (message: ToastMessage) => void; dismiss: (id: string) => void };
const Context = createContext<Toasts | null>(null);

/** Short messages at the edge of the page, read out politely, reached with F8. They outlive a change of page. */
export function ToastsProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ToastMessage[]>([]);
  const [mounted, setMounted] = useState(false);
  // Radix writes style attributes, which the content security policy refuses in HTML sent by the server.
  useEffect(() => setMounted(true), []);
  const dismiss = useCallback(
    (id: string) => setShown((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  const show = useCallback(
    (message: ToastMessage) =>
      setShown((before) => [...before.filter((toast) => toast.id !== message.id), message].slice(-4)),
    [],
  );
  const toasts = useMemo(() => ({ show, dismiss }), [show, dismiss]);
  return (
    <Context value={toasts}>
      {children}
      {mounted && (
        <Toast.Provider swipeDirection="right" label="Message">
          {shown.map((message) => (
            <OneToast key={message.id} message={message} onGone={() => dismiss(message.id)} />
          ))}
          <Toast.Viewport
            label="Messages ({hotkey})"
            className="fixed right-0 bottom-0 z-50 flex w-full max-w-sm flex-col gap-2 p-3 outline-none"
          />
        </Toast.Provider>
      )}
    </Context>
  );
}

function OneToast({ message, onGone }: { message: ToastMessage; onGone: () => void }) {
  const { tone = "info", title, detail, action, durationMs = 6000 } = message;
  return (
    <Toast.Root
      duration={durationMs}
      onOpenChange={(open) => !open && onGone()}
      className={clsx(
        "panel flex items-center justify-between gap-3 px-3 py-2.5 shadow-lg",
        tone === "danger" && "border-danger",
      )}
    >
      <div className="min-w-0">
        <Toast.Title className={clsx("font-semibold", tone === "danger" && "text-danger")}>
          {title}
        </Toast.Title>
        {detail && <Toast.Description className="text-muted">{detail}</Toast.Description>}
      </div>
      {action && (
        <Toast.Action
          altText={action.alt}
          onClick={action.run}
          className="inline-flex min-h-8 items-center gap-1.5 rounded border border-edge bg-surface px-3 font-medium hover:bg-sunken"
        >
          {action.label}
          {action.keys && <Kbd keys={action.keys} />}
        </Toast.Action>
      )}
    </Toast.Root>
  );
}

/** Shows and takes away messages. */
export function useToasts(): Toasts {
  const toasts = useContext(Context);
  if (!toasts) throw new Error("No messages above this component");
  return toasts;
}
