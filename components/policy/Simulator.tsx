"use client";

import { useState } from "react";
import type { PolicyVersion } from "../../contracts/accessPolicy.ts";
import { useSignedIn } from "../shell/me.tsx";
import { mayWatch } from "../shell/rights.ts";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { SimulateCase } from "./SimulateCase.tsx";
import { SimulateRole } from "./SimulateRole.tsx";

const MODES = [
  { value: "case", label: "A case" },
  { value: "made-up", label: "A made-up situation" },
] as const;

/** "Who could open this, and how?", by the policy in force or by one that is proposed. Opens nothing. */
export function Simulator({ versions }: { versions: readonly PolicyVersion[] }) {
  const officer = mayWatch(useSignedIn());
  const [mode, setMode] = useState<"case" | "made-up">(officer ? "case" : "made-up");
  const tried = versions.filter(({ state }) => ["active", "proposed", "draft"].includes(state));
  return (
    <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-4 p-4">
      {officer && (
        <ChoiceChips
          legend="Who could open this, and how?"
          name="mode"
          choices={MODES}
          value={mode}
          onChoose={setMode}
        />
      )}
      {mode === "case" ? <SimulateCase versions={tried} /> : <SimulateRole versions={tried} />}
    </div>
  );
}
