import { guarded } from "../../db/connect.ts";
import { workerSql } from "../../db/worker-client.ts";
import type { Tally } from "../../domain/signals/againstPeers.ts";
import { type Accounts, findContactGraph, type Link } from "../../domain/signals/contactGraph.ts";
import {
  type Count,
  findDenials,
  findExports,
  findLookups,
  findSearches,
} from "../../domain/signals/counts.ts";
import { findHours, type PersonHour } from "../../domain/signals/hours.ts";
import { findOutsideQueue } from "../../domain/signals/outsideQueue.ts";
import { findSameParticipant, type Repeated } from "../../domain/signals/sameParticipant.ts";
import type { Finding } from "../../domain/signals/signal.ts";
import { type Cell, findSkew } from "../../domain/signals/skew.ts";
import { findUndecided } from "../../domain/signals/undecided.ts";
import { findVolume, type PersonDay } from "../../domain/signals/volume.ts";

/** What a run of the detectors came to. */
export interface Watched {
  /** Views seen for the first time. */
  readonly observed: number;
  readonly raised: number;
  readonly joined: number;
}

interface Options {
  /** Where the windows end; now, unless a past day is judged once more. */
  readonly until?: Date;
  /** Whether to judge what takes weeks to show too; otherwise only what a day shows. */
  readonly thorough: boolean;
  /** How far behind the mark views are looked for that committed late. */
  readonly back?: "10 minutes" | "3 days";
}

const DAY_MS = 86_400_000;

/**
 * Looks for misuse: notes the views since the last time, has the database count, judges the counts by the rules of
 * `domain/signals/`, and raises what they find. What is raised already is joined, so it may run as often as one likes and in
 * any number of workers.
 *
 * @throws DatabaseFailure; what was raised before it stands, and the next run goes on
 */
export async function watchForMisuse({
  until = new Date(),
  thorough,
  back = "10 minutes",
}: Options): Promise<Watched> {
  const [row] = await guarded(
    workerSql()<{ observed: number }[]>`select access.observe_views(${until}, ${back}::interval) as observed`,
  );
  const findings = [...(await ofTheDay(until)), ...(thorough ? await ofTheWeeks(until) : [])];
  if (findings.length === 0) return { observed: row?.observed ?? 0, raised: 0, joined: 0 };
  const [answer] = await guarded(
    workerSql()<{ done: { raised: number; joined: number } }[]>`
      select access.raise_signals(${findings as never}::jsonb) as done`,
  );
  return { observed: row?.observed ?? 0, raised: answer?.done.raised ?? 0, joined: answer?.done.joined ?? 0 };
}

/** What the last day shows. */
async function ofTheDay(until: Date): Promise<Finding[]> {
  const start = Math.floor((until.getTime() - 1) / DAY_MS) * DAY_MS;
  const day = new Date(start).toISOString().slice(0, 10);
  const today = spanOf(start, until);
  const lastDay = spanOf(until.getTime() - DAY_MS, until);
  const same = await measure<{ pairs: number; rows: Repeated[] }>("measure_same_participant", until);
  return [
    ...findVolume(await measure<PersonDay[]>("measure_volume", until), day, today),
    ...findHours(await measure<PersonHour[]>("measure_hours", until), day, today),
    ...findSameParticipant(same.rows, same.pairs, lastDay),
    ...findOutsideQueue(
      await measure<Tally[]>("measure_outside_queue", until),
      spanOf(until.getTime() - 7 * DAY_MS, until),
    ),
    ...findDenials(await measure<Count[]>("measure_denials", until), lastDay),
    ...findLookups(
      await measure<Count[]>("measure_lookups", until),
      spanOf(until.getTime() - 14 * DAY_MS, until),
    ),
    ...findExports(await logUse("audit.exported", until), lastDay),
    ...findSearches(await logUse("audit.searched", until), lastDay),
  ];
}

/** What takes weeks to show, and longer to count. */
async function ofTheWeeks(until: Date): Promise<Finding[]> {
  const graph = await measure<{ accounts: Accounts[]; links: Link[] }>("measure_contact_graph", until);
  return [
    ...findSkew(await measure<Cell[]>("measure_skew", until), spanOf(until.getTime() - 28 * DAY_MS, until)),
    ...findUndecided(
      await measure<Tally[]>("measure_undecided", until),
      spanOf(until.getTime() - 8 * DAY_MS, until),
    ),
    ...findContactGraph(graph.accounts, graph.links, spanOf(until.getTime() - 7 * DAY_MS, until)),
  ];
}

const spanOf = (from: number, until: Date) => ({
  from: new Date(from).toISOString(),
  until: until.toISOString(),
});

type Measure =
  | "measure_volume"
  | "measure_hours"
  | "measure_same_participant"
  | "measure_skew"
  | "measure_undecided"
  | "measure_outside_queue"
  | "measure_contact_graph"
  | "measure_lookups"
  | "measure_denials";

async function measure<T>(name: Measure, until: Date): Promise<T> {
  const [row] = await guarded(
    workerSql().unsafe<{ counted: T }[]>(`select access.${name}($1::timestamptz) as counted`, [
      until.toISOString(),
    ]),
  );
  return (row as { counted: T }).counted;
}

async function logUse(action: string, until: Date): Promise<Count[]> {
  const [row] = await guarded(
    workerSql()<{ counted: Count[] }[]>`select access.measure_log_use(${action}, ${until}) as counted`,
  );
  return row?.counted ?? [];
}
