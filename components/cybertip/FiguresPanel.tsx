"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import type { Figures } from "../../contracts/cybertip.ts";
import { buttonClass } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { SideScroll } from "../ui/SideScroll.tsx";
import { Waiting } from "../ui/Waiting.tsx";
import { counted } from "../words.ts";
import { figuresAddress, type Span } from "./api.ts";
import { useFigures } from "./queries.ts";
import { KIND_WORDS, WAY_WORDS } from "./words.ts";

/** Figures for the transparency report: by month, as a chart and a table, and to take away. */
export function FiguresPanel() {
  const [span, setSpan] = useState<Span>({});
  const { data, error, isPending, refetch } = useFigures(span);
  const day = (name: keyof Span, label: string, shown: string | undefined) => (
    <label className="grid gap-1">
      <span className="heading">{label}</span>
      <input
        type="date"
        className="field"
        value={span[name] ?? shown?.slice(0, 10) ?? ""}
        onChange={(event) => setSpan((old) => ({ ...old, [name]: event.target.value || undefined }))}
      />
    </label>
  );
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 px-4 py-3">
      <div className="flex flex-wrap items-end gap-3">
        {day("from", "From (UTC)", data?.from)}
        {day("until", "Until (UTC), included", data?.until)}
        <a
          href={figuresAddress(span, "csv")}
          download
          referrerPolicy="no-referrer"
          className={buttonClass("secondary")}
        >
          <Download aria-hidden className="size-4" />
          These figures as CSV
        </a>
      </div>
      {isPending && <Waiting label="Counting" lines={6} />}
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {data && <Shown figures={data} />}
    </div>
  );
}

function Shown({ figures }: { figures: Figures }) {
  const { months, incidentTypes, kinds, ways } = figures;
  const sum = (of: keyof Omit<Figures["months"][number], "month">): number =>
    months.reduce((total, month) => total + month[of], 0);
  const filed = sum("filed");
  const late = filed - sum("filedInTime");
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Figure name="Filed" value={filed.toLocaleString("en-GB")} note={`${late} of them late`} />
        <Figure
          name="Hours to file, in the middle"
          value={figures.medianHoursToFile === null ? "–" : figures.medianHoursToFile.toFixed(1)}
        />
        <Figure name="Not yet filed" value={String(figures.open)} note={`${figures.overdue} late`} />
        <Figure
          name="Files sent"
          value={sum("files").toLocaleString("en-GB")}
          note={`${sum("filesViewed")} viewed whole by us`}
        />
        <Figure name="Refused at first" value={String(figures.refusedOnce)} />
        <Figure name="Holds that run" value={String(figures.holds)} note={`${figures.destroyed} destroyed`} />
      </dl>
      <Months months={months} />
      <div className="grid gap-4 md:grid-cols-3">
        <Shares
          title="Filed, by type of incident"
          rows={incidentTypes.map((one) => [one.incidentType, one.filed])}
        />
        <Shares title="Filed, by kind" rows={kinds.map((one) => [KIND_WORDS[one.kind], one.filed])} />
        <Shares title="Filed, by way" rows={ways.map((one) => [WAY_WORDS[one.way], one.filed])} />
      </div>
    </>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div className="panel px-3 py-2">
      <dt className="heading">{name}</dt>
      <dd>
        <strong className="text-lg">{value}</strong>
        {note && <span className="block text-[0.857rem] text-muted">{note}</span>}
      </dd>
    </div>
  );
}

const [BAR, GAP, HEIGHT] = [36, 12, 110];

/** Filed by month: in time and late, one above the other; the table below says the same. */
function Months({ months }: { months: Figures["months"] }) {
  const most = Math.max(1, ...months.map(({ filed }) => filed));
  const high = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT));
  if (months.length === 0) return <p className="text-muted">Nothing was started, filed or withdrawn then.</p>;
  return (
    <section aria-labelledby="by-month" className="panel min-w-0 px-4 py-3">
      <h2 id="by-month" className="heading">
        Filed by month
      </h2>
      <SideScroll label="Filed by month, drawn">
        <svg
          role="img"
          aria-label={`A bar for each of ${counted(months.length, "month")}: in time below, late above`}
          width={months.length * (BAR + GAP)}
          height={HEIGHT + 34}
        >
          {months.map(({ month, filed, filedInTime }, n) => {
            const [whole, inTime] = [high(filed), high(filedInTime)];
            return (
              <g key={month} transform={`translate(${n * (BAR + GAP)} 0)`}>
                <title>{`${month}: ${counted(filed, "report")}, ${filed - filedInTime} late`}</title>
                <rect y={HEIGHT + 14 - whole} width={BAR} height={whole} className="fill-danger" />
                <rect y={HEIGHT + 14 - inTime} width={BAR} height={inTime} className="fill-accent" />
                <text
                  x={BAR / 2}
                  y={HEIGHT + 10 - whole}
                  textAnchor="middle"
                  className="fill-ink text-[0.786rem]"
                >
                  {filed}
                </text>
                <text x={BAR / 2} y={HEIGHT + 28} textAnchor="middle" className="fill-muted text-[0.72rem]">
                  {month.slice(2)}
                </text>
              </g>
            );
          })}
        </svg>
      </SideScroll>
      <p className="mt-1 flex gap-4 text-[0.857rem] text-muted">
        <span>
          <span aria-hidden className="mr-1 inline-block size-2.5 bg-accent" />
          in time
        </span>
        <span>
          <span aria-hidden className="mr-1 inline-block size-2.5 bg-danger" />
          late
        </span>
      </p>
      <SideScroll label="Figures by month">
        <table className="mt-2 w-full text-right">
          <thead>
            <tr className="text-muted">
              <th scope="col" className="py-1 pr-3 text-left font-normal">
                Month
              </th>
              {COLUMNS.map(([of, name]) => (
                <th key={of} scope="col" className="px-2 font-normal whitespace-nowrap">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <tr key={month.month} className="border-t border-line">
                <th scope="row" className="py-1 pr-3 text-left font-normal">
                  {month.month}
                </th>
                {COLUMNS.map(([of]) => (
                  <td key={of} className="px-2">
                    {month[of].toLocaleString("en-GB")}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
    </section>
  );
}
const COLUMNS = [
  ["started", "Started"],
  ["filed", "Filed"],
  ["filedInTime", "In time"],
  ["withdrawn", "Withdrawn"],
  ["highPriority", "High priority"],
  ["textOnly", "Text only"],
  ["files", "Files"],
  ["filesViewed", "Viewed by us"],
] as const;

function Shares({ title, rows }: { title: string; rows: readonly (readonly [string, number])[] }) {
  return (
    <section className="panel px-4 py-3">
      <h2 className="heading mb-1">{title}</h2>
      {rows.length === 0 && <p className="text-muted">None yet.</p>}
      <ul>
        {rows.map(([name, count]) => (
          <li key={name} className="flex justify-between gap-3 border-b border-line py-0.5 last:border-b-0">
            <span>{name}</span>
            <span>{count.toLocaleString("en-GB")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
