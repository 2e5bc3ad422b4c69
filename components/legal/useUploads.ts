"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type DocumentAsked, refusedHere, uploadDocument } from "./uploadDocument.ts";

/** One file on its way to a request. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state: "waiting" | "sending" | "done" | "refused" | "cancelled";
  /** The share that has gone, 0 to 1. */
  readonly sent: number;
  readonly error: unknown;
}

let counted = 0;

/**
 * Files sent one after the other, each with its progress, each of which can be called off. What leaves the page is
 * called off with it.
 *
 * @param onDone told when a document has arrived
 */
export function useUploads(onDone: () => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const controllers = useRef(new Map<number, AbortController>());
  const chain = useRef<Promise<void>>(Promise.resolve());
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    const running = controllers.current;
    return () => {
      for (const controller of running.values()) controller.abort(new DOMException("left", "AbortError"));
    };
  }, []);
  const change = useCallback(
    (id: number, part: Partial<Upload>) =>
      setUploads((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one))),
    [],
  );

  /** Takes files in hand. @returns once all of them have arrived, were refused or called off */
  const send = useCallback(
    (requestId: string, files: readonly File[], asked: DocumentAsked): Promise<void> => {
      for (const file of files) {
        const id = ++counted;
        const refused = refusedHere(file, asked.most);
        const { name, size } = file;
        const state = refused ? ("refused" as const) : ("waiting" as const);
        setUploads((before) => [...before, { id, name, size, state, sent: 0, error: refused }]);
        if (refused) continue;
        const controller = new AbortController();
        controllers.current.set(id, controller);
        chain.current = chain.current.then(async () => {
          if (controller.signal.aborted) return;
          change(id, { state: "sending" });
          try {
            await uploadDocument(requestId, file, asked, (sent) => change(id, { sent }), controller.signal);
            change(id, { state: "done", sent: 1 });
            done.current();
          } catch (error) {
            change(id, controller.signal.aborted ? { state: "cancelled" } : { state: "refused", error });
          } finally {
            controllers.current.delete(id);
          }
        });
      }
      return chain.current;
    },
    [change],
  );
  const cancel = useCallback(
    (id: number) => {
      controllers.current.get(id)?.abort(new DOMException("called off", "AbortError"));
      change(id, { state: "cancelled" });
    },
    [change],
  );
  const forget = useCallback(
    (id: number) => setUploads((before) => before.filter((one) => one.id !== id)),
    [],
  );
  return { uploads, send, cancel, forget };
}
