"use client";

import { RotateCw } from "lucide-react";
import { errorWords, statusOf } from "../api/ApiError.ts";
import { Button } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

/** Something could not be read: the server's words for it, and another try where one can help. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { title, detail } = errorWords(error);
  const refused = statusOf(error) >= 400 && statusOf(error) < 500;
  return (
    <Notice
      tone={refused ? "warn" : "danger"}
      title={title}
      announce="alert"
      actions={
        onRetry &&
        !refused && (
          <Button small onClick={onRetry}>
            <RotateCw aria-hidden className="size-4" />
            Try again
          </Button>
        )
      }
    >
      {detail}
    </Notice>
  );
}
