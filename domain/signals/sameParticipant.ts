import { type Finding, isRare, type Span, severityOf } from "./signal.ts";
import { binomialTail } from "./tails.ts";
import { chance, count, percent } from "./words.ts";

/** One person and one account that they opened on three days or more. */
export interface Repeated {
  readonly staff: string;
  /** A hash of the platform's id. */
  readonly account: string;
  /** Days on which this person opened it. */
  readonly days: number;
  readonly cases: number;
  readonly views: number;
  readonly since: string;
  /** Person-days on which anybody opened it, this person's with them. */
  readonly everybody: number;
  /** The share of them that the person's part of the queue's work at those hours gives. */
  readonly share: number;
}

const VERSION = 1;
const LEAST_DAYS = 4;
/** So many days by one person are a pattern even where nobody else was there to share the work. */
const SHEER_DAYS = 10;
const SHEER_PART = 0.6;

/**
 * One person opening the same participant's threads again and again, across cases and days.
 *
 * Of all person-days on which anybody opened the account, how many were theirs? Had the queue dealt its cases out, each
 * would be theirs with the share of the work that they had in that queue in the hours around it: exact binomial tail (the
 * shares differ from day to day; one mean errs on the quiet side, Hoeffding 1956, see againstPeers.ts). Counting days and
 * not cases keeps a spammer's twenty threads in one hour from looking like twenty acts; counting hours keeps a night shift
 * of one from being blamed for its night. Corrected for every pair of person and account that was opened.
 *
 * Where somebody works alone the share says nothing, so ten days with most of the account's openings are a signal by
 * themselves: the technician of a camera company who opened the same households over years worked alone (US Department of
 * Justice, Northern District of Texas, 21 January 2021: 220 accounts, over 9,600 times).
 */
export function findSameParticipant(rows: readonly Repeated[], pairs: number, span: Span): Finding[] {
  return rows.flatMap((row) => {
    const share = Math.min(1, row.share);
    const tail = binomialTail(row.days, row.everybody, share);
    const rare = row.days >= LEAST_DAYS && isRare(tail, pairs, 0.01);
    const sheer = row.days >= SHEER_DAYS && row.days / row.everybody >= SHEER_PART;
    if (!rare && !sheer) return [];
    return {
      from: row.since,
      until: span.until,
      subject: row.staff,
      detector: "same_participant" as const,
      version: VERSION,
      pattern: row.account,
      severity: rare ? Math.max(3, severityOf(tail, 1)) : 3,
      numbers: {
        days: row.days,
        cases: row.cases,
        views: row.views,
        everybody: row.everybody,
        share,
        pairs,
        chance: tail,
      },
      explanation:
        `Opened one and the same account on ${count(row.days, "day")}, in ${count(row.cases, "case")} with ` +
        `${count(row.views, "view")}. All staff together opened it on ${count(row.everybody, "working day")}, so ` +
        `${percent(row.days / row.everybody)} were theirs; their part of the queue’s work at those hours was ${percent(share)}. ` +
        (rare
          ? `Cases dealt out by the queue would bring that with a chance of ${chance(tail)}.`
          : "They mostly worked alone then, so chance cannot be told; so many days with one account ask for a reason."),
      newEvidence: 2,
    };
  });
}
