import type { BreadthWarning } from "./vocabulary.ts";

export interface Breadth {
  readonly accounts: number;
  readonly messages: number;
  readonly rangeFrom: Date | null;
  readonly rangeTo: Date | null;
}
/** From where on it is called out: settings of the installation. */
export interface BreadthLimits {
  readonly accounts: number;
  readonly days: number;
  readonly messages: number;
}

const DAY = 86_400_000;
const count = (n: number) => n.toLocaleString("en-GB");

/** Why a scope is overbroad, each in words with the count of what it would touch. Warnings: a court may have meant it. */
export function breadthOf(
  { accounts, messages, rangeFrom, rangeTo }: Breadth,
  limits: BreadthLimits,
): { warning: BreadthWarning; words: string }[] {
  const found: { warning: BreadthWarning; words: string }[] = [];
  const warn = (warning: BreadthWarning, words: string) => found.push({ warning, words });
  if (accounts === 0) warn("no_accounts", "It names no account. Ask whom it is about.");
  if (!rangeFrom && !rangeTo)
    warn(
      "no_dates",
      `It names no dates: all that we keep would be touched, ${count(messages)} messages. Ask for a range.`,
    );
  else if (!rangeFrom || !rangeTo)
    warn("open_ended", `Its dates are open at one end: ${count(messages)} messages. Ask for both ends.`);
  else if (rangeTo.getTime() - rangeFrom.getTime() > limits.days * DAY)
    warn(
      "many_days",
      `It reaches over ${count(Math.ceil((rangeTo.getTime() - rangeFrom.getTime()) / DAY))} days, more than ${count(limits.days)}.`,
    );
  if (accounts > limits.accounts)
    warn("many_accounts", `It names ${count(accounts)} accounts, more than ${count(limits.accounts)}.`);
  if (messages > limits.messages)
    warn("many_messages", `It would touch ${count(messages)} messages, more than ${count(limits.messages)}.`);
  return found;
}
