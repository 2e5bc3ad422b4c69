"use client";

import { Square } from "lucide-react";
import type { Verification } from "../../contracts/integrity.ts";
import { Button } from "../ui/Button.tsx";
import { Time } from "../ui/Time.tsx";

const PHASES = {
  leaves: "Working out every leaf, every tile and the root of every signed checkpoint",
  events: "Looking whether every event has its leaf",
};

type Props = { check: Verification; onCancel: () => void; cancelling: boolean };

/** A check on its way: how far it is, and the way to stop it. */
export function VerificationCard({ check, onCancel, cancelling }: Props) {
  const percent = check.total === 0 ? 0 : Math.min(100, Math.floor((check.done / check.total) * 100));
  const words = check.state === "waiting" || !check.phase ? "Waiting for the worker" : PHASES[check.phase];
  return (
    <section aria-label="Verification under way" className="panel mx-4 mb-3 px-4 py-3 max-sm:mx-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="font-semibold">{words}</p>
        <Button small busy={cancelling} onClick={onCancel}>
          <Square aria-hidden className="size-3.5" />
          Cancel
        </Button>
      </div>
      <progress
        aria-label="How much of the log has been checked"
        className="mt-2 h-2 w-full accent-accent"
        value={percent}
        max={100}
      />
      <p className="mt-1 text-muted">
        <span role="status">{percent} %</span> · {check.done.toLocaleString("en-GB")} of{" "}
        {check.total.toLocaleString("en-GB")} steps · asked for by {check.askedBy.name},{" "}
        <Time at={check.askedAt} />. It goes on when you leave this page.
      </p>
    </section>
  );
}
