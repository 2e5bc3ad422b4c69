import type {
  CollectedThreads,
  CollectionDetail,
  DecisionPage,
} from "../../../contracts/legal/collections.ts";
import type {
  CollectionState,
  RuleKind,
  SentBy,
  WithheldKind,
} from "../../../domain/legal/collectionWords.ts";
import type { Tone } from "../../ui/Badge.tsx";
import { counted } from "../../words.ts";

/** How the closed lists of collections read on a page. */
export const COLLECTION_WORDS: Record<CollectionState, { name: string; tone: Tone }> = {
  in_review: { name: "In review", tone: "accent" },
  handed_in: { name: "Handed in", tone: "ok" },
};

export const WITHHELD_WORDS: Record<WithheldKind, string> = {
  privileged: "Privileged",
  out_of_scope: "Out of scope",
  other: "For another reason",
};

export const RULE_WORDS: Record<RuleKind, { name: string; finds: string }> = {
  literal: { name: "These words", finds: "The words as they are typed, whatever their case." },
  email: { name: "Email addresses", finds: "Everything of the shape of an email address." },
  phone: { name: "Phone numbers", finds: "Everything of the shape of a phone number." },
  url: { name: "Web addresses", finds: "Everything of the shape of a web address." },
  handle: { name: "Handles", finds: "A handle without its @, or every handle where none is given." },
  regex: { name: "A pattern", finds: "A regular expression; those that could run for ever are refused." },
};

export const SENT_BY_WORDS: Record<SentBy, string> = {
  anyone: "Everybody in the threads",
  named_accounts: "The named accounts alone",
};

type Decision = DecisionPage["decisions"][number];
/** What was decided, in a few words, with nothing of what it is about. */
export function decisionWords(decision: Decision): string {
  switch (decision.kind) {
    case "set_aside": {
      const why = decision.withheld === null ? "" : `: ${WITHHELD_WORDS[decision.withheld].toLowerCase()}`;
      return `${decision.messageId === null ? "Thread" : "Message"} set aside${why}`;
    }
    case "redaction":
      return `Redacted${decision.units === null ? "" : `, ${counted(decision.units, "character")}`}`;
    case "rule":
      return `Rule${decision.rule === null ? "" : `: ${RULE_WORDS[decision.rule].name.toLowerCase()}`}`;
    case "name_participant":
      return `${decision.participant ?? "A participant"} named`;
  }
}

type Thread = CollectedThreads["threads"][number];
/** `Thread 3`: by its place in the packet. */
export const threadName = ({ n }: Pick<Thread, "n">): string => `Thread ${n.toLocaleString("en-GB")}`;

/** What a hand-in freezes, line by line. */
export function handInLines({ counts, decisions }: CollectionDetail): string[] {
  const setAside = decisions.setAside.flatMap(({ kind, threads, messages }) => [
    ...(threads > 0
      ? [`${counted(threads, "thread")} set aside: ${WITHHELD_WORDS[kind].toLowerCase()}`]
      : []),
    ...(messages > 0
      ? [`${counted(messages, "message")} set aside: ${WITHHELD_WORDS[kind].toLowerCase()}`]
      : []),
  ]);
  return [
    `${counted(counts.messages, "message")} in ${counted(counts.threads, "thread")}`,
    ...(setAside.length > 0 ? setAside : ["Nothing is set aside"]),
    `${counted(decisions.redactions, "redaction")} by hand, ${counted(decisions.rules, "rule")}`,
    `${counted(counts.thirdParties, "third party", "third parties")}, of whom ${decisions.named.toLocaleString("en-GB")} named; the others stand as “Participant” and a number`,
  ];
}
