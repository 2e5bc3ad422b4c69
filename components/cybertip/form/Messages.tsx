import { OctagonX, TriangleAlert } from "lucide-react";
import type { DraftProblem as Problem } from "../../../domain/cybertip/draft.ts";
import { Badge } from "../../ui/Badge.tsx";
import { counted } from "../../words.ts";
import type { Tally } from "./problems.ts";

/** What is wrong with one field. */
export function Messages({ id, problems }: { id: string; problems: readonly Problem[] }) {
  return (
    <div id={id} className="empty:hidden">
      {problems.map(({ rule, severity, message }) => (
        <p
          key={rule}
          data-rule={rule}
          className={`flex gap-1.5 ${severity === "error" ? "text-danger" : "text-warn"}`}
        >
          <Sign severity={severity} />
          <span className="min-w-0">{message}</span>
        </p>
      ))}
    </div>
  );
}

/** Error or warning, by shape before colour. */
export function Sign({ severity }: { severity: Problem["severity"] }) {
  const Icon = severity === "error" ? OctagonX : TriangleAlert;
  return (
    <>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="sr-only">{severity === "error" ? "Would be refused:" : "Look again:"}</span>
    </>
  );
}

/** How many problems lie below. */
export function TallyBadges({ tally }: { tally: Tally }) {
  return (
    <>
      {tally.errors > 0 && (
        <Badge tone="danger">
          <OctagonX aria-hidden className="size-3.5" />
          {counted(tally.errors, "error")}
        </Badge>
      )}
      {tally.warnings > 0 && (
        <Badge tone="warn">
          <TriangleAlert aria-hidden className="size-3.5" />
          {counted(tally.warnings, "warning")}
        </Badge>
      )}
    </>
  );
}
