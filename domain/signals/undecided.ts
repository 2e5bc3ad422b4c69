import { againstPeers, type Tally } from "./againstPeers.ts";
import { type Finding, isRare, type Span, severityOf } from "./signal.ts";
import { about, chance, count, percent } from "./words.ts";

const VERSION = 1;
const LEAST_UNDECIDED = 8;
const LEAST_SHARE = 0.3;
const LEAST_TIMES = 2;

/**
 * Opening without deciding: cases that were opened a day ago or more and that the person neither decided nor escalated
 * within a day. Looking is the work only when a decision comes of it. Against colleagues in the same queues over a week;
 * somebody new lets go of more than others, so a share below three in ten is no signal, nor less than twice the expected.
 */
export function findUndecided(tallies: readonly Tally[], span: Span): Finding[] {
  const judged = againstPeers(tallies);
  return judged.flatMap(({ staff, n, k, expected, base, tail }) => {
    if (k < LEAST_UNDECIDED || k / n < LEAST_SHARE || k < LEAST_TIMES * expected) return [];
    if (!isRare(tail, judged.length)) return [];
    return {
      ...span,
      subject: staff,
      detector: "undecided" as const,
      version: VERSION,
      pattern: "undecided",
      severity: severityOf(tail, k / Math.max(expected, 1)),
      numbers: { cases: n, undecided: k, expected, base, chance: tail },
      explanation:
        `Opened ${count(n, "case")} in a week and left ${k} of them (${percent(k / n)}) without a decision of theirs within a ` +
        `day. Colleagues in the same queues leave ${percent(base)}, which would make ${about(expected)}. ` +
        `Among honest colleagues that has a chance of ${chance(tail)}.`,
      newEvidence: 6,
    };
  });
}
