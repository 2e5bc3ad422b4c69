"use client";

import { Download } from "lucide-react";
import Link from "next/link";
import type { Desk } from "../../contracts/desk.ts";
import { csvLine } from "../../domain/csvCell.ts";
import { denialWords } from "../audit/words.ts";
import { Button } from "../ui/Button.tsx";
import { saveCsv } from "../ui/saveCsv.ts";
import { counted } from "../words.ts";

type Refused = Desk["refused"];
const [WIDTH, HEIGHT, GAP] = [24, 90, 4];

/** What was refused in the last 24 hours, hour by hour, and the commonest causes. */
export function RefusedChart({ refused }: { refused: Refused }) {
  const { hours, total, causes } = refused;
  const since = hours[0]?.from;
  const most = Math.max(1, ...hours.map(({ count }) => count));
  return (
    <section aria-labelledby="refused" className="panel mx-4 mt-4 px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="refused" className="heading">
          Refused in the last 24 hours
        </h2>
        <span className="flex flex-wrap items-center gap-3">
          <Button small look="quiet" onClick={() => save(refused)}>
            <Download aria-hidden className="size-4" />
            CSV
          </Button>
          <Link
            href={`/audit?outcome=denied${since ? `&from=${encodeURIComponent(since)}` : ""}`}
            prefetch={false}
          >
            Every refusal
          </Link>
        </span>
      </div>
      <div className="mt-2 grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <figure className="min-w-0">
          <figcaption className="mb-2">
            <strong>{total.toLocaleString("en-GB")}</strong>
            <span className="text-muted"> in all, at most {busiest(hours)} (hours in UTC)</span>
          </figcaption>
          <svg
            role="img"
            aria-label={`Refusals, a bar for each of ${hours.length} hours`}
            viewBox={`0 0 ${hours.length * WIDTH} ${HEIGHT + 1}`}
            className="h-auto w-full max-w-3xl text-accent"
          >
            <line x1="0" y1={HEIGHT + 0.5} x2="100%" y2={HEIGHT + 0.5} className="stroke-edge" />
            {hours.map(({ from, count }, n) => {
              const height = count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT));
              return (
                <rect
                  key={from}
                  x={n * WIDTH + GAP / 2}
                  y={HEIGHT - height}
                  width={WIDTH - GAP}
                  height={height}
                  fill="currentColor"
                >
                  <title>{`${hourOf(from)}: ${counted(count, "refusal")}`}</title>
                </rect>
              );
            })}
          </svg>
          <p aria-hidden className="grid max-w-3xl grid-cols-4 text-[0.857rem] text-muted">
            {hours
              .filter((_, n) => n % 6 === 0)
              .map(({ from }) => (
                <span key={from}>{hourOf(from)}</span>
              ))}
          </p>
        </figure>
        <div>
          <h3 className="heading mb-1">Commonest causes</h3>
          {causes.length === 0 ? (
            <p className="text-muted">Nothing was refused.</p>
          ) : (
            <ol className="grid gap-1">
              {causes.map(({ code, count }) => (
                <li
                  key={code}
                  className="flex justify-between gap-4 border-b border-line py-0.5 last:border-b-0"
                >
                  <span>{denialWords(code)}</span>
                  <span>{count.toLocaleString("en-GB")}</span>
                </li>
              ))}
            </ol>
          )}
        </div>
      </div>
    </section>
  );
}

const hourOf = (from: string): string => `${from.slice(11, 13)}:00`;

function busiest(hours: Refused["hours"]): string {
  const most = hours.reduce((best, hour) => (hour.count > best.count ? hour : best), { from: "", count: 0 });
  return most.count === 0
    ? "none in any hour"
    : `${most.count.toLocaleString("en-GB")} from ${hourOf(most.from)} on`;
}

function save({ hours }: Refused): void {
  saveCsv("refused-by-hour", [
    csvLine(["hour_from_utc", "refused"]),
    ...hours.map(({ from, count }) => csvLine([from, count])),
  ]);
}
