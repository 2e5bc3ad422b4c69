import { type Conclusion, DETECTORS, type Detector, type Verdict } from "../../domain/signals/signal.ts";

export const detectorWords = (detector: Detector): string => DETECTORS[detector];

export const CONCLUSION_WORDS: Record<Conclusion, string> = {
  explained: "Explained",
  misuse: "Misuse",
  false_signal: "False signal",
};

/** What each conclusion means, beside the choice. */
export const CONCLUSION_MEANS: Record<Conclusion, string> = {
  explained: "The numbers are right, and there was a good reason for them.",
  misuse: "Somebody read what they had no business to read. What follows is outside this console.",
  false_signal: "The numbers mislead: the detector should not have raised this.",
};

export const VERDICT_WORDS: Record<Verdict, string> = {
  appropriate: "Appropriate",
  questionable: "Questionable",
  misuse: "Misuse",
};

export const LEVEL_WORDS = ["", "", "Escalated", "Escalated twice"] as const;

/** What the numbers of a detector are called. One that is not here keeps its own name. */
const NUMBERS: Readonly<Record<string, string>> = {
  accounts: "Accounts opened",
  base: "Colleagues’ share",
  cases: "Cases opened",
  chance: "Chance among honest colleagues",
  day: "Day (UTC)",
  days: "Days on which they opened it",
  everybody: "Person-days on which anybody did",
  expected: "Expected",
  kind: "Kind of review",
  links: "Accounts in common",
  longest: "Longest chain",
  looked: "Judged at the same time",
  ofThisKind: "Of this kind",
  outside: "Outside their queues",
  pairs: "Pairs judged at the same time",
  peerDays: "Colleagues’ days compared with",
  peersBusy: "Colleagues’ busy day",
  peersMean: "Colleagues’ usual day",
  quietCases: "At quiet hours",
  share: "Their part of the work",
  spread: "How much colleagues differ",
  targets: "Different things aimed at",
  threads: "Threads that hang together",
  times: "Times",
  undecided: "Left undecided",
  verdict: "Verdict",
  views: "Views",
};
const SHARES = new Set(["base", "share"]);

export const numberName = (name: string): string =>
  Object.hasOwn(NUMBERS, name) ? (NUMBERS[name] as string) : name;

const oneIn = (chance: number) => Number((1 / chance).toPrecision(2)).toLocaleString("en-GB");

/** A number as it is read: shares in per cent, chances as one in so many. */
export function numberWords(name: string, value: number | string): string {
  if (typeof value === "string") return value;
  if (SHARES.has(name)) return `${(value * 100).toLocaleString("en-GB", { maximumFractionDigits: 1 })} %`;
  if (name === "chance") return value < 1e-15 ? "less than 1 in 10¹⁵" : `1 in ${oneIn(value)}`;
  if (name === "spread") return value.toPrecision(2);
  return value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
}
