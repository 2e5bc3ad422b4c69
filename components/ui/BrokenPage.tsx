"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { Button } from "./Button.tsx";
import { FullPageState } from "./FullPageState.tsx";

/**
 * What an error boundary shows. Never the error's message: whatever broke may have held content. The digest names the
 * server's log entry.
 */
export function BrokenPage({ digest, reset }: { digest: string | undefined; reset: () => void }) {
  useEffect(() => {
    document.title = "Something broke · Unseal";
  }, []);
  return (
    <FullPageState
      Icon={TriangleAlert}
      title="Something broke on this page"
      actions={
        <Button look="primary" onClick={reset}>
          <RotateCw aria-hidden className="size-4" />
          Try again
        </Button>
      }
    >
      What you had opened is sealed again. {digest && <>Reference for the administrators: {digest}</>}
    </FullPageState>
  );
}
