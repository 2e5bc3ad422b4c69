import { type Detector, type Finding, isRare, type Span, severityOf } from "./signal.ts";
import { negativeBinomialTail } from "./tails.ts";
import { about, chance, count } from "./words.ts";

/** How often one person did one thing on the last day, and over the days before. */
export interface Count {
  readonly staff: string;
  readonly today: number;
  readonly before: number;
  /** Days that `before` stands for. */
  readonly days: number;
  readonly targets?: number;
  /** Events of the last day, the newest first. */
  readonly events: readonly string[];
}

interface Rule {
  readonly detector: Detector;
  readonly version: number;
  /** Fewer are never a signal. */
  readonly least: number;
  /** What is taken to happen to anybody in a day. */
  readonly usual: number;
  /** How much people differ: the variance is the mean and this times its square. */
  readonly differ: number;
  says(row: Count, expected: number, tail: number): string;
}

/**
 * Far more often than is usual for colleagues and for oneself: the expected count of a day is the larger of the colleagues'
 * daily mean and one's own over four weeks, and never nothing; the tail is a negative binomial's, since people differ.
 */
function findCounts(rows: readonly Count[], rule: Rule, span: Span): Finding[] {
  const all = rows.reduce((sum, row) => ({ n: sum.n + row.before, days: sum.days + row.days }), {
    n: 0,
    days: 0,
  });
  return rows.flatMap((row) => {
    const others = (all.n - row.before) / Math.max(1, all.days - row.days);
    const expected = rule.usual + Math.max(others, row.days >= 5 ? row.before / row.days : 0);
    const tail = negativeBinomialTail(row.today, expected, expected + rule.differ * expected ** 2);
    if (row.today < rule.least || !isRare(tail, rows.length)) return [];
    return {
      ...span,
      subject: row.staff,
      detector: rule.detector,
      version: rule.version,
      pattern: rule.detector,
      severity: severityOf(tail, row.today / expected),
      numbers: { times: row.today, expected, targets: row.targets ?? 0, chance: tail },
      explanation: rule.says(row, expected, tail),
      newEvidence: 3,
      events: row.events,
    };
  });
}

/**
 * Refused again and again in one day: probing what is within reach. Only refusals that no page brings about by itself are
 * counted; a claim that a colleague was faster with, a view that ran out or a form that was filled in wrong are not.
 */
export const findDenials = (rows: readonly Count[], span: Span): Finding[] =>
  findCounts(
    rows,
    {
      detector: "denials",
      version: 1,
      least: 10,
      usual: 0.3,
      differ: 0.5,
      says: (row, expected, tail) =>
        `Refused ${count(row.today, "time")} in a day, at ${count(row.targets ?? 0, "different thing")}. ` +
        `Usual for colleagues and for themselves are ${about(expected)} a day. ` +
        `Among honest colleagues that has a chance of ${chance(tail)}.`,
    },
    span,
  );

/** Exports of the log by those who may make them. The file leaves the house, so few are enough to be asked about. */
export const findExports = (rows: readonly Count[], span: Span): Finding[] =>
  findCounts(
    rows,
    {
      detector: "exports",
      version: 1,
      least: 6,
      usual: 0.3,
      differ: 0.5,
      says: (row, expected, tail) =>
        `Exported the audit log ${count(row.today, "time")} in a day. Usual for colleagues and for themselves are ` +
        `${about(expected)} a day. Among honest colleagues that has a chance of ${chance(tail)}.`,
    },
    span,
  );

/** Searches of the log: who reviews others is looked at like others. */
export const findSearches = (rows: readonly Count[], span: Span): Finding[] =>
  findCounts(
    rows,
    {
      detector: "searches",
      version: 1,
      least: 60,
      usual: 15,
      differ: 0.2,
      says: (row, expected, tail) =>
        `Searched the audit log ${count(row.today, "time")} in a day, about ${count(row.targets ?? 0, "different case or person", "different cases and people")}. ` +
        `Usual for colleagues and for themselves are ${about(expected)} a day. ` +
        `Among honest colleagues that has a chance of ${chance(tail)}.`,
    },
    span,
  );

/**
 * Looks that were refused and then asked for: a case outside one's reach was asked about, and within a week the same person
 * claimed it or stated a purpose for it. Once happens; again and again it is looking first and finding the reason after.
 */
export const findLookups = (rows: readonly Count[], span: Span): Finding[] =>
  findCounts(
    // One stretch of two weeks and nothing before it: what is usual is what colleagues did in the same stretch.
    rows.map((row) => ({ ...row, before: row.today, days: 1 })),
    {
      detector: "lookups",
      version: 1,
      least: 4,
      usual: 0.1,
      differ: 0.5,
      says: (row, expected, tail) =>
        `Looked for ${count(row.today, "case")} that they might not see, was refused, and then claimed or opened the same ` +
        `within a week; over two weeks. Usual among colleagues are ${about(expected)}. ` +
        `Among honest colleagues that has a chance of ${chance(tail)}.`,
    },
    span,
  );
