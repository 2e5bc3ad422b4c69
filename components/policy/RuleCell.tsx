import { CircleSlash, TicketCheck, UserRoundCheck, UsersRound, Zap } from "lucide-react";
import type { AccessRule } from "../../contracts/accessPolicy.ts";
import type { Requirement } from "../../domain/accessPolicy.ts";
import { minutesWords, REQUIREMENT_WORDS } from "../access/words.ts";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { counted } from "../words.ts";

const LOOK: Record<Requirement, { tone: Tone; Icon: typeof Zap }> = {
  automatic: { tone: "ok", Icon: Zap },
  ticket: { tone: "accent", Icon: TicketCheck },
  one_approver: { tone: "warn", Icon: UserRoundCheck },
  two_approvers: { tone: "danger", Icon: UsersRound },
  never: { tone: "plain", Icon: CircleSlash },
};

/** A requirement by shape, word and colour. */
export function RequirementBadge({ value }: { value: Requirement }) {
  const { tone, Icon } = LOOK[value];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className="size-3.5" />
      {REQUIREMENT_WORDS[value]}
    </Badge>
  );
}

/** What a rule says: the requirement, for how long and how many views. No rule means never. */
export function RuleCell({ rule, glass = false }: { rule: AccessRule | undefined; glass?: boolean }) {
  if (!rule || rule.requirement === "never") return <span className="text-muted">Never</span>;
  return (
    <span className="inline-grid justify-items-start gap-0.5">
      {glass && rule.requirement === "automatic" ? (
        <Badge tone="danger">Break-glass</Badge>
      ) : (
        <RequirementBadge value={rule.requirement} />
      )}
      <span className="text-[0.857rem] text-muted">
        {minutesWords(rule.minutes)}, {counted(rule.viewLimit, "view")}
      </span>
    </span>
  );
}
