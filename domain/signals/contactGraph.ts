import { againstPeers } from "./againstPeers.ts";
import { type Finding, isRare, type Span, severityOf } from "./signal.ts";
import { about, chance, count } from "./words.ts";

/** How many accounts somebody opened in a stratum. */
export interface Accounts {
  readonly staff: string;
  readonly stratum: string;
  readonly n: number;
}

/** An account that two or more threads which one person opened have in common. */
export interface Link {
  readonly staff: string;
  readonly account: string;
  readonly stratum: string;
  readonly threads: readonly string[];
}

const VERSION = 1;
/** A chain has at least this many links: the threads A–B, B–C, C–D have three accounts that lead on (B, C) and more. */
const CHAIN = 3;
const LEAST_LINKS = 4;

/**
 * Walking the contact graph: the threads that somebody opened hang together by their participants, one account leading to
 * the next. A spammer who writes to hundreds makes a star around one account, which counts as one link; a walk from contact
 * to contact makes a chain of many. Counted are linking accounts in chains of three and more, over a week, against what the
 * same queues brought colleagues (beta-binomial, againstPeers.ts). So journalists’ sources were looked for at a video
 * platform: from the journalists’ accounts to those near them (company statement and reports of 22 December 2022).
 */
export function findContactGraph(
  accounts: readonly Accounts[],
  links: readonly Link[],
  span: Span,
): Finding[] {
  const chains = new Map<string, { links: Link[]; longest: number; threads: number }>();
  for (const [staff, own] of Map.groupBy(links, (link) => link.staff)) {
    const connected = components(own).filter((part) => part.length >= CHAIN);
    if (connected.length === 0) continue;
    const longest = Math.max(...connected.map((part) => part.length));
    const all = connected.flat();
    chains.set(staff, { links: all, longest, threads: new Set(all.flatMap(({ threads }) => threads)).size });
  }
  const tallies = accounts.map((one) => ({
    ...one,
    k: chains.get(one.staff)?.links.filter((link) => link.stratum === one.stratum).length ?? 0,
  }));
  const judged = againstPeers(tallies);
  return judged.flatMap(({ staff, n, k, expected, tail }) => {
    const chain = chains.get(staff);
    if (!chain || k < LEAST_LINKS || !isRare(tail, judged.length)) return [];
    return {
      ...span,
      subject: staff,
      detector: "contact_graph" as const,
      version: VERSION,
      pattern: "chain",
      severity: Math.max(3, severityOf(tail, 1)),
      numbers: {
        accounts: n,
        links: k,
        longest: chain.longest,
        threads: chain.threads,
        expected,
        chance: tail,
      },
      explanation:
        `Opened ${count(chain.threads, "thread")} in a week that hang together by ${count(k, "account")} in common, the ` +
        `longest chain by ${chain.longest}: one participant led to the next. What the same queues brought colleagues would make ` +
        `${about(expected)} of ${count(n, "account")}. Among honest colleagues that has a chance of ${chance(tail)}.`,
      newEvidence: 3,
    };
  });
}

/** Links that hang together by their threads (union–find). */
function components(links: readonly Link[]): Link[][] {
  const parent = new Map<string, string>();
  const root = (thread: string): string => {
    let at = thread;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const { threads } of links) {
    const [first, ...rest] = threads;
    if (first === undefined) continue;
    for (const thread of rest) parent.set(root(thread), root(first));
  }
  return [...Map.groupBy(links, (link) => root(link.threads[0] ?? "")).values()];
}
