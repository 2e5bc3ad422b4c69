import { ChevronDown, ChevronsUp, ChevronUp, OctagonAlert } from "lucide-react";
import type { Severity as SeverityName } from "../../domain/vocabulary.ts";
import { SEVERITY_WORDS } from "../words.ts";
import { Badge, type Tone } from "./Badge.tsx";

const LOOK: Record<SeverityName, { tone: Tone; Icon: typeof ChevronUp }> = {
  low: { tone: "plain", Icon: ChevronDown },
  medium: { tone: "accent", Icon: ChevronUp },
  high: { tone: "warn", Icon: ChevronsUp },
  critical: { tone: "danger", Icon: OctagonAlert },
};

/** Severity by shape, word and colour, in this order of trust. */
export function Severity({ value }: { value: SeverityName }) {
  const { tone, Icon } = LOOK[value];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className="size-3.5" />
      {SEVERITY_WORDS[value]}
    </Badge>
  );
}
