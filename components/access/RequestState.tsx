import { CircleCheck, CircleX, Hourglass, MailOpen, TimerOff, Undo2 } from "lucide-react";
import type { RequestDto } from "../../contracts/access.ts";
import { Badge, type Tone } from "../ui/Badge.tsx";
import { progressWords, REQUEST_STATE_WORDS } from "./words.ts";

const LOOK: Record<RequestDto["state"], { tone: Tone; Icon: typeof Hourglass }> = {
  pending: { tone: "accent", Icon: Hourglass },
  approved: { tone: "ok", Icon: CircleCheck },
  used: { tone: "plain", Icon: MailOpen },
  denied: { tone: "danger", Icon: CircleX },
  withdrawn: { tone: "plain", Icon: Undo2 },
  expired: { tone: "warn", Icon: TimerOff },
};

/** How a request stands now: by its state, and by the clock where nobody has written the lapse down yet. */
export function standing(request: RequestDto, now: number): RequestDto["state"] {
  const until =
    request.state === "pending"
      ? request.expiresAt
      : request.state === "approved"
        ? request.usableUntil
        : null;
  return until !== null && now > 0 && Date.parse(until) <= now ? "expired" : request.state;
}

/** The state as a badge, with how many of two have approved. */
export function RequestState({ request, now }: { request: RequestDto; now: number }) {
  const state = standing(request, now);
  const { tone, Icon } = LOOK[state];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden className="size-3.5" />
      {state === "pending" ? progressWords(request.approved, request.needs) : REQUEST_STATE_WORDS[state]}
    </Badge>
  );
}
