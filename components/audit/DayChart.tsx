"use client";

import { Download } from "lucide-react";
import type { AuditStaffTrail } from "../../contracts/audit.ts";
import { csvLine } from "../../domain/csvCell.ts";
import { Button } from "../ui/Button.tsx";
import { counted } from "../words.ts";

type Day = AuditStaffTrail["days"][number];

const SERIES = [
  { of: "views", title: "Views opened", one: "view" },
  { of: "decisions", title: "Decisions", one: "decision" },
  { of: "denials", title: "Denied", one: "denial" },
] as const;
const [BAR, GAP, HEIGHT] = [8, 2, 40];

/** The last thirty days, each figure on a scale of its own: a day unlike the others is what one looks for. */
export function DayChart({ days, name }: { days: readonly Day[]; name: string }) {
  return (
    <div className="px-4 pb-2">
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        {SERIES.map((series) => (
          <Bars key={series.of} days={days} {...series} />
        ))}
      </div>
      <div className="mt-2">
        <Button small look="quiet" onClick={() => save(days, name)}>
          <Download aria-hidden className="size-4" />
          These days as CSV
        </Button>
      </div>
    </div>
  );
}

function Bars({ days, of, title, one }: { days: readonly Day[] } & (typeof SERIES)[number]) {
  const most = Math.max(...days.map((day) => day[of]));
  const total = days.reduce((sum, day) => sum + day[of], 0);
  const busiest = days.find((day) => day[of] === most);
  const plural = one === "denial" ? "denials" : `${one}s`;
  return (
    <figure>
      <figcaption className="mb-1">
        {title} <strong>{total.toLocaleString("en-GB")}</strong>
        <span className="text-muted">
          {most > 0 && busiest
            ? ` · at most ${most.toLocaleString("en-GB")}, on ${busiest.day}`
            : " in 30 days"}
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={`${title}, a bar for each of ${days.length} days`}
        width={days.length * (BAR + GAP)}
        height={HEIGHT + 1}
        className="max-w-full text-accent"
      >
        <line x1="0" y1={HEIGHT + 0.5} x2="100%" y2={HEIGHT + 0.5} className="stroke-edge" />
        {days.map((day, index) => {
          const height =
            most === 0 ? 0 : Math.max(day[of] > 0 ? 2 : 0, Math.round((day[of] / most) * HEIGHT));
          return (
            <rect
              key={day.day}
              x={index * (BAR + GAP)}
              y={HEIGHT - height}
              width={BAR}
              height={height}
              fill="currentColor"
            >
              <title>{`${day.day}: ${counted(day[of], one, plural)}`}</title>
            </rect>
          );
        })}
      </svg>
    </figure>
  );
}

/** The figures as a file, made on this page: they are on it already, so nothing more leaves. */
function save(days: readonly Day[], name: string): void {
  const lines = [
    csvLine(["day", "views", "decisions", "denials", "events"]),
    ...days.map((day) => csvLine([day.day, day.views, day.decisions, day.denials, day.events])),
  ];
  const url = URL.createObjectURL(new Blob(lines, { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `unseal-days-${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
