"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import type { FiguresLine, RequestFigures } from "../../../contracts/legal/requests.ts";
import type { RequestType } from "../../../domain/legal/vocabulary.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { SideScroll } from "../../ui/SideScroll.tsx";
import { Waiting } from "../../ui/Waiting.tsx";
import { counted } from "../../words.ts";
import { figuresAddress, type Span } from "../api.ts";
import { useFigures } from "../queries.ts";
import { GROUND_WORDS, TYPE_NAMES } from "../words.ts";

/** Figures for the transparency report: by type and jurisdiction, as a chart and a table, and to take away. */
export function FigureBoard() {
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
        {day("until", "Until (UTC), included", data && lastDayOf(data.until))}
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

/** The last day that is counted: what is answered ends before its end. */
const lastDayOf = (until: string): string => new Date(Date.parse(until) - 1).toISOString();

const hours = (value: number | null): string => (value === null ? "–" : value.toFixed(1));
const share = (part: number, whole: number): string =>
  whole === 0 ? "" : `${Math.round((part / whole) * 100)} %`;

function Shown({ figures }: { figures: RequestFigures }) {
  const { total, dsa, lines, rejectedBy } = figures;
  const answered = total.produced + total.partiallyProduced;
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        <Figure name="Received" value={total.received} note={counted(total.accounts, "account")} />
        <Figure name="Produced, whole or in part" value={answered} note={share(answered, total.received)} />
        <Figure name="Rejected" value={total.rejected} note={share(total.rejected, total.received)} />
        <Figure name="Emergencies" value={total.emergency} />
        <Figure name="Hours to acknowledge, in the middle" text={hours(total.medianHoursToAcknowledge)} />
        <Figure name="Hours to produce, in the middle" text={hours(total.medianHoursToProduce)} />
      </dl>
      {lines.length === 0 ? (
        <p className="text-muted">Nothing was received in these days.</p>
      ) : (
        <>
          <ByType lines={lines} />
          <Table figures={figures} />
        </>
      )}
      <div className="grid gap-4 md:grid-cols-2">
        <section className="panel px-4 py-3">
          <h2 className="heading mb-1">DSA, Art. 15(1)(a)</h2>
          <Lines
            rows={[
              ["Orders to act, Art. 9", dsa.article9.toLocaleString("en-GB")],
              ["Orders to provide information, Art. 10", dsa.article10.toLocaleString("en-GB")],
              ["Hours to acknowledge, in the middle", hours(dsa.medianHoursToAcknowledge)],
              ["Hours to give effect, in the middle", hours(dsa.medianHoursToGiveEffect)],
            ]}
          />
        </section>
        <section className="panel px-4 py-3">
          <h2 className="heading mb-1">Rejected, by ground</h2>
          {rejectedBy.length === 0 && <p className="text-muted">None.</p>}
          <Lines
            rows={rejectedBy.map(({ ground, requests }) => [
              GROUND_WORDS[ground],
              requests.toLocaleString("en-GB"),
            ])}
          />
        </section>
      </div>
    </>
  );
}

function Figure({ name, value, text, note }: { name: string; value?: number; text?: string; note?: string }) {
  return (
    <div className="panel px-3 py-2">
      <dt className="heading">{name}</dt>
      <dd>
        <strong className="text-lg">{text ?? value?.toLocaleString("en-GB")}</strong>
        {note && <span className="block text-[0.857rem] text-muted">{note}</span>}
      </dd>
    </div>
  );
}

function Lines({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <ul>
      {rows.map(([name, value]) => (
        <li key={name} className="flex justify-between gap-3 border-b border-line py-0.5 last:border-b-0">
          <span>{name}</span>
          <span>{value}</span>
        </li>
      ))}
    </ul>
  );
}

/** What became of the requests of each type; the parts of a bar are named in the key and counted in the table. */
const PARTS = [
  {
    of: (one: Sum) => one.produced + one.partiallyProduced,
    name: "produced",
    fill: "fill-accent",
    dot: "bg-accent",
  },
  {
    of: (one: Sum) => one.noRecords + one.preserved,
    name: "no records, or preserved only",
    fill: "fill-ok",
    dot: "bg-ok",
  },
  {
    of: (one: Sum) => one.rejected + one.withdrawn,
    name: "rejected or withdrawn",
    fill: "fill-danger",
    dot: "bg-danger",
  },
  { of: (one: Sum) => one.open, name: "open", fill: "fill-edge", dot: "bg-edge" },
] as const;
type Sum = Pick<
  FiguresLine,
  | "received"
  | "produced"
  | "partiallyProduced"
  | "noRecords"
  | "preserved"
  | "rejected"
  | "withdrawn"
  | "open"
>;
const [NAME, WIDTH, BAR, STEP] = [190, 460, 16, 28];

function ByType({ lines }: { lines: readonly FiguresLine[] }) {
  const types = new Map<RequestType, FiguresLine[]>();
  for (const line of lines) types.set(line.type, [...(types.get(line.type) ?? []), line]);
  const rows = [...types].map(([type, of]) => {
    const parts = PARTS.map((part) => of.reduce((sum, line) => sum + part.of(line), 0));
    const received = of.reduce((sum, { received: count }) => sum + count, 0);
    return { type, parts, received };
  });
  rows.sort((one, other) => other.received - one.received);
  const most = Math.max(1, ...rows.map(({ received, parts }) => Math.max(received, sum(parts))));
  return (
    <section aria-labelledby="by-type" className="panel min-w-0 px-4 py-3">
      <h2 id="by-type" className="heading">
        Received, by type and what became of them
      </h2>
      <SideScroll label="Received by type, drawn">
        <svg
          role="img"
          aria-label={`A bar for each of ${counted(rows.length, "type")}, parted by what became of them; the table below says the same`}
          width={NAME + WIDTH + 60}
          height={rows.length * STEP + 6}
          className="mt-1"
        >
          {rows.map(({ type, parts, received }, n) => {
            let x = NAME;
            return (
              <g key={type} transform={`translate(0 ${n * STEP + 4})`}>
                <text x={NAME - 8} y={BAR - 4} textAnchor="end" className="fill-ink text-[0.857rem]">
                  {TYPE_NAMES[type]}
                </text>
                {PARTS.map(({ name, fill }, part) => {
                  const width = ((parts[part] ?? 0) / most) * WIDTH;
                  const drawn = (
                    <rect key={name} x={x} width={width} height={BAR} className={fill}>
                      <title>{`${TYPE_NAMES[type]}: ${parts[part]} ${name}`}</title>
                    </rect>
                  );
                  x += width;
                  return drawn;
                })}
                <text x={x + 6} y={BAR - 4} className="fill-muted text-[0.786rem]">
                  {received.toLocaleString("en-GB")}
                </text>
              </g>
            );
          })}
        </svg>
      </SideScroll>
      <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-[0.857rem] text-muted">
        {PARTS.map(({ name, dot }) => (
          <span key={name}>
            <span aria-hidden className={`mr-1 inline-block size-2.5 ${dot}`} />
            {name}
          </span>
        ))}
      </p>
    </section>
  );
}
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const COLUMNS = [
  ["received", "Received"],
  ["emergency", "Emergency"],
  ["accounts", "Accounts"],
  ["produced", "Produced"],
  ["partiallyProduced", "In part"],
  ["noRecords", "No records"],
  ["rejected", "Rejected"],
  ["withdrawn", "Withdrawn"],
  ["preserved", "Preserved"],
  ["open", "Open"],
] as const;

function Table({ figures: { lines, total } }: { figures: RequestFigures }) {
  return (
    <section aria-label="Figures by type and jurisdiction" className="panel min-w-0 px-4 py-3">
      <SideScroll label="Figures by type and jurisdiction, as a table">
        <table className="w-full text-right">
          <thead>
            <tr className="text-muted">
              <th scope="col" className="py-1 pr-3 text-left font-normal">
                Type
              </th>
              <th scope="col" className="py-1 pr-3 text-left font-normal">
                Where
              </th>
              {COLUMNS.map(([of, name]) => (
                <th key={of} scope="col" className="px-2 font-normal whitespace-nowrap">
                  {name}
                </th>
              ))}
              <th scope="col" className="px-2 font-normal whitespace-nowrap">
                Hours to acknowledge
              </th>
              <th scope="col" className="pl-2 font-normal whitespace-nowrap">
                Hours to produce
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.type} ${line.jurisdiction}`} className="border-t border-line">
                <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
                  {TYPE_NAMES[line.type]}
                </th>
                <td className="pr-3 text-left">{line.jurisdiction}</td>
                <Counts of={line} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t-2 border-line font-semibold">
              <th scope="row" colSpan={2} className="py-1 pr-3 text-left">
                All
              </th>
              <Counts of={total} />
            </tr>
          </tfoot>
        </table>
      </SideScroll>
    </section>
  );
}

function Counts({ of }: { of: RequestFigures["total"] }) {
  return (
    <>
      {COLUMNS.map(([name]) => (
        <td key={name} className="px-2">
          {of[name].toLocaleString("en-GB")}
        </td>
      ))}
      <td className="px-2">{hours(of.medianHoursToAcknowledge)}</td>
      <td className="pl-2">{hours(of.medianHoursToProduce)}</td>
    </>
  );
}
