"use client";

import clsx from "clsx";
import { Clock, TriangleAlert } from "lucide-react";
import { Time } from "../ui/Time.tsx";
import { relativeWords, utcWords } from "../ui/timeWords.ts";
import { useNow } from "../ui/useNow.ts";
import { zoneWords } from "./zoneWords.ts";

/** An instant in UTC with the local time of those who ask beside it. */
export function Moment({ at, zone, ago = false }: { at: string; zone: string; ago?: boolean }) {
  const local = zoneWords(at, zone);
  return (
    <span>
      <time dateTime={at}>{utcWords(at)}</time>
      {local && <span className="text-muted"> · {local}</span>}
      {ago && (
        <span className="text-muted">
          {" · "}
          <Time at={at} />
        </span>
      )}
    </span>
  );
}

type DueProps = {
  at: string;
  /** What happens then: `due in 2 d`, `ends in 2 d`. */
  verb?: "due" | "ends";
};

/** `3 h overdue`, `due in 2 d`: never told by colour alone. */
export function DueWords({ at, verb = "due" }: DueProps) {
  const now = useNow();
  const late = now > 0 && Date.parse(at) < now;
  const soon = !late && now > 0 && Date.parse(at) - now < 24 * 3_600_000;
  const words = now === 0 ? utcWords(at) : relativeWords(Date.parse(at), now);
  return (
    <time
      dateTime={at}
      title={utcWords(at)}
      suppressHydrationWarning
      className={clsx(
        "inline-flex items-center gap-1 whitespace-nowrap",
        late && "font-semibold text-danger",
        soon && "font-semibold text-warn",
      )}
    >
      {late ? (
        <TriangleAlert aria-hidden className="size-3.5" />
      ) : (
        soon && <Clock aria-hidden className="size-3.5" />
      )}
      {!late
        ? `${verb} ${words}`
        : verb === "ends"
          ? `ended ${words}`
          : words === "just now"
            ? "due now"
            : words.replace("ago", "overdue")}
    </time>
  );
}
