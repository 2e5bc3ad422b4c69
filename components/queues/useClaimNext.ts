"use client";

import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import { errorWords } from "../api/ApiError.ts";
import { claimNext } from "../api/endpoints.ts";
import { useToasts } from "../shell/toasts.tsx";

/**
 * Claims the next free case of a queue and goes there. `onEmpty` is told when nothing is left; a refusal is shown as
 * a message. One call at a time.
 */
export function useClaimNext(): {
  busy: string | null;
  claimNextOf: (queueId: string, onEmpty?: () => void) => Promise<void>;
} {
  const router = useRouter();
  const { show } = useToasts();
  const [busy, setBusy] = useState<string | null>(null);
  const underWay = useRef(false);

  const claimNextOf = useCallback(
    async (queueId: string, onEmpty?: () => void): Promise<void> => {
      if (underWay.current) return;
      underWay.current = true;
      setBusy(queueId);
      try {
        const { caseId } = await claimNext(queueId);
        if (caseId) router.push(`/cases/${caseId}`);
        else if (onEmpty) onEmpty();
        else
          show({
            id: "queue-clear",
            title: "Nothing is left to claim in this queue",
            detail: "Every open case in it is claimed by someone.",
          });
      } catch (error) {
        const { title, detail } = errorWords(error);
        show({ id: "claim-refused", tone: "danger", title, detail });
      } finally {
        underWay.current = false;
        setBusy(null);
      }
    },
    [router, show],
  );
  return { busy, claimNextOf };
}
