import type { DecisionDto } from "../../contracts/triage.ts";
import { Badge } from "../ui/Badge.tsx";
import { Time } from "../ui/Time.tsx";
import { HostileText } from "../view/HostileText.tsx";
import { ACTION_WORDS, OUTCOME_WORDS } from "../words.ts";

/** What was decided on this case, undone decisions included. */
export function DecisionList({ decisions }: { decisions: DecisionDto[] }) {
  return (
    <ul className="grid gap-2">
      {decisions.map((decision) => (
        <li key={decision.id}>
          <p className="flex flex-wrap items-center gap-1.5">
            <Badge tone={decision.undoneAt ? "plain" : "ok"}>
              {OUTCOME_WORDS[decision.outcome]}
              {decision.undoneAt && " (undone)"}
            </Badge>
            <span>Action: {ACTION_WORDS[decision.action]}</span>
          </p>
          {decision.policy && (
            <p>
              {decision.policy.code} {decision.policy.title}
            </p>
          )}
          <p className="text-muted">
            {decision.by.name} · <Time at={decision.decidedAt} />
            {!decision.viewed && " · without opening the thread"}
          </p>
          {decision.note && <HostileText text={decision.note} />}
        </li>
      ))}
    </ul>
  );
}
