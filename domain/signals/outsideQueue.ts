import { againstPeers, type Tally } from "./againstPeers.ts";
import { type Finding, isRare, type Span, severityOf } from "./signal.ts";
import { about, chance, count, percent } from "./words.ts";

const VERSION = 1;
const LEAST_CASES = 5;

/**
 * Opening cases of queues that the person is no member of, over a week: more than colleagues do on the ways that allow it
 * (approvals, transfers, duties since ended). At a microblog two employees without any task there opened thousands of
 * accounts, prominent ones among them (US Department of Justice, Northern District of California, complaint of 5 November
 * 2019, United States v. Abouammo et al.).
 */
export function findOutsideQueue(tallies: readonly Tally[], span: Span): Finding[] {
  const judged = againstPeers(tallies);
  return judged.flatMap(({ staff, n, k, expected, base, tail }) => {
    if (k < LEAST_CASES || !isRare(tail, judged.length)) return [];
    return {
      ...span,
      subject: staff,
      detector: "outside_queue" as const,
      version: VERSION,
      pattern: "outside",
      severity: Math.max(3, severityOf(tail, k / Math.max(expected, 1))),
      numbers: { cases: n, outside: k, expected, base, chance: tail },
      explanation:
        `Of ${count(n, "case")} opened in a week, ${k} (${percent(k / n)}) lay in queues that they are no member of. ` +
        `Of colleagues’ cases it is ${percent(base)}, which would make ${about(expected)}. ` +
        `Among honest colleagues that has a chance of ${chance(tail)}.`,
      newEvidence: 3,
    };
  });
}
