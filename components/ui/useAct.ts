"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { errorWords } from "../api/ApiError.ts";
import { useToasts } from "../shell/toasts.tsx";

/**
 * One press that changes something: says when it is under way, tells a refusal as a message at the edge of the page, and
 * reads anew what has changed.
 */
export function useAct(stale: QueryKey) {
  const client = useQueryClient();
  const { show } = useToasts();
  const [busy, setBusy] = useState<string | null>(null);
  const act = useCallback(
    async (id: string, run: () => Promise<unknown>, done: string): Promise<void> => {
      setBusy(id);
      try {
        await run();
        show({ id: `done-${id}`, title: done });
      } catch (error) {
        const { title, detail } = errorWords(error);
        show({ id: `refused-${id}`, tone: "danger", title, detail });
      } finally {
        await client.invalidateQueries({ queryKey: stale });
        setBusy(null);
      }
    },
    [client, show, stale],
  );
  return { busy, act };
}
