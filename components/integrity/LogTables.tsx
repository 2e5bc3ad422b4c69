"use client";

import type { Integrity, LogState } from "../../contracts/integrity.ts";
import { Badge } from "../ui/Badge.tsx";
import { SideScroll } from "../ui/SideScroll.tsx";
import { Time } from "../ui/Time.tsx";
import { counted } from "../words.ts";
import { SINK_KINDS, wordsOf } from "./words.ts";

const HEAD = "px-2 py-1 text-left font-semibold whitespace-nowrap";
const CELL = "px-2 py-1 align-top";

type Row = {
  name: string;
  kind: string;
  behind: string;
  deliveredAt: string | null;
  failures: number;
  problem: string | null;
  nextTryAt: string | null;
};

/** Where checkpoints and events go, how far each has got, and what stands in its way. */
export function SinkTable({ log, feeds }: { log: LogState; feeds: Integrity["feeds"] }) {
  const size = log.head?.size ?? 0;
  const rows: Row[] = [
    ...log.sinks.map((sink) => ({
      ...sink,
      kind: SINK_KINDS[sink.kind],
      behind: sink.lastSize === null ? "nothing yet" : behindWords(size - sink.lastSize, sink.lastSize),
    })),
    ...feeds.map((feed) => ({ ...feed, kind: "SIEM", behind: behindWords(feed.lag, size - feed.lag) })),
  ];
  if (rows.length === 0)
    return (
      <p className="text-muted">
        None is set up. A witness, a write-once folder or a time-stamp service keeps what was signed out of
        this house’s reach; the operator sets them up.
      </p>
    );
  return (
    <SideScroll label="How far each place has got">
      <table className="w-full min-w-2xl border-collapse">
        <thead>
          <tr className="heading border-b border-line">
            {["Place", "Has got", "Last arrived", "Failures in a row", "Next try"].map((title) => (
              <th key={title} scope="col" className={HEAD}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind} ${row.name}`} className="border-b border-line last:border-b-0">
              <td className={CELL}>
                <span className="break-all">{row.name}</span>
                <span className="block text-[0.857rem] text-muted">{row.kind}</span>
              </td>
              <td className={CELL}>{row.behind}</td>
              <td className={CELL}>{row.deliveredAt ? <Time at={row.deliveredAt} both /> : "never"}</td>
              <td className={CELL}>
                {row.failures === 0 ? (
                  <Badge tone="ok">none</Badge>
                ) : (
                  <Badge tone="danger">
                    {row.failures.toLocaleString("en-GB")}
                    {row.problem && `: ${wordsOf(row.problem)}`}
                  </Badge>
                )}
              </td>
              <td className={CELL}>{row.nextTryAt ? <Time at={row.nextTryAt} /> : "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}

function behindWords(behind: number, reached: number): string {
  const has = counted(Math.max(0, reached), "event");
  return behind <= 0 ? `all ${has}` : `${has}, ${behind.toLocaleString("en-GB")} behind`;
}

/** The public halves of the signer's keys, to be compared with those that outsiders were given. */
export function KeyTable({ keys }: { keys: LogState["keys"] }) {
  if (keys.length === 0) return <p className="text-muted">None is on record yet.</p>;
  return (
    <>
      <ul className="grid gap-2">
        {keys.map((key) => (
          <li key={key.vkey}>
            <span className="font-mono text-[0.93rem] break-all">{key.vkey}</span>
            <span className="block text-[0.857rem] text-muted">
              added <Time at={key.addedAt} both /> at {counted(key.addedSize, "event")}
              {key.afterLoss && ", after the key before it was lost"}
              {key.endedAt && (
                <>
                  {" · ended "}
                  <Time at={key.endedAt} both />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-muted">
        Compare these with the keys that you have on paper: whoever can change the database could put another
        here, and only a copy of the log outside would tell.
      </p>
    </>
  );
}
