import { Baby, Megaphone } from "lucide-react";
import type { ParticipantOutline } from "../../contracts/triage.ts";
import { Badge } from "../ui/Badge.tsx";
import { HostileText } from "./HostileText.tsx";

type Props = {
  pseudonym: string;
  outline?: ParticipantOutline;
  /** Known in an open view only. */
  names?: { handle: string | null; displayName: string | null };
};

/** A participant by pseudonym; in an open view with the names they chose, which are hostile text too. */
export function ParticipantName({ pseudonym, outline, names }: Props) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5">
      <strong>{pseudonym}</strong>
      {names?.displayName != null && <HostileText text={names.displayName} inline />}
      {names?.handle != null && <HostileText text={names.handle} inline className="text-muted" />}
      {outline?.ageBand === "minor" && (
        <Badge tone="warn">
          <Baby aria-hidden className="size-3.5" />
          Minor
        </Badge>
      )}
      {outline?.reporter && (
        <Badge>
          <Megaphone aria-hidden className="size-3.5" />
          Reporter
        </Badge>
      )}
    </span>
  );
}
