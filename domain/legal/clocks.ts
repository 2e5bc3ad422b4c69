import { businessDaysAfter } from "./holidays.ts";
import type { RequestType } from "./vocabulary.ts";
import { dayIn, instantIn } from "./zones.ts";

/**
 * When an answer is due. Where a law sets the time, it is the law's; where it says no more than "without delay", it is a goal
 * that the house sets itself, and its words say so.
 */
type Clock =
  | { readonly hours: number; readonly law: boolean; readonly words: string }
  | { readonly businessDays: number; readonly law: boolean; readonly words: string };

const HOUR = 3_600_000;

export const DUE_RULES = {
  return_date: { hours: 0, law: true, words: "The date that the order itself sets." },
  epoc_10_days: {
    hours: 240,
    law: true,
    words: "10 days from receipt (Regulation (EU) 2023/1543, Art. 10(2)).",
  },
  epoc_emergency_8_hours: {
    hours: 8,
    law: true,
    words: "8 hours from receipt, in an emergency (Regulation (EU) 2023/1543, Art. 10(4)).",
  },
  epoc_pr_at_once: {
    hours: 24,
    law: false,
    words: "Without undue delay (Regulation (EU) 2023/1543, Art. 11(1)); our goal is 24 hours.",
  },
  preserve_at_once: {
    hours: 24,
    law: false,
    words: "Upon the request (18 U.S.C. 2703(f)(1)); our goal is 24 hours.",
  },
  emergency_at_once: {
    hours: 2,
    law: false,
    words: "Without delay, since a life may depend on it; our goal is 2 hours.",
  },
  tco_1_hour: {
    hours: 1,
    law: true,
    words: "1 hour from receipt (Regulation (EU) 2021/784, Art. 3(3)).",
  },
  uk_opo_7_days: {
    hours: 168,
    law: true,
    words: "7 days from service, unless the order says otherwise.",
  },
  dsa_3_business_days: {
    businessDays: 3,
    law: false,
    words: "Without undue delay (Regulation (EU) 2022/2065, Art. 9, 10); our goal is 3 business days.",
  },
  us_10_business_days: {
    businessDays: 10,
    law: false,
    words: "No return date is set; our goal is 10 business days.",
  },
  civil_14_days: {
    hours: 336,
    law: true,
    words: "14 days to object (Fed. R. Civ. P. 45(d)(2)(B)); no return date is set.",
  },
  cloud_14_days: {
    hours: 336,
    law: true,
    words: "14 days, the time in which it can be moved against (18 U.S.C. 2703(h)(2)).",
  },
  counsel_5_business_days: {
    businessDays: 5,
    law: false,
    words: "No time is set; our goal is 5 business days.",
  },
} as const satisfies Record<string, Clock>;
export type DueRule = keyof typeof DUE_RULES;

export interface Dated {
  readonly type: RequestType;
  readonly jurisdiction: string;
  readonly emergency: boolean;
  readonly receivedAt: Date;
  /** The date that the order sets; it counts where it comes before what the law sets. */
  readonly returnAt: Date | null;
  readonly localZone: string;
}

function ruleOf({ type, emergency }: Dated): DueRule {
  if (type === "epoc") return emergency ? "epoc_emergency_8_hours" : "epoc_10_days";
  if (type === "tco_removal") return "tco_1_hour";
  if (type === "epoc_pr") return "epoc_pr_at_once";
  if (type === "preservation_2703f") return "preserve_at_once";
  if (emergency || type === "emergency_disclosure") return "emergency_at_once";
  switch (type) {
    case "uk_opo":
      return "uk_opo_7_days";
    case "dsa_art_9":
    case "dsa_art_10":
      return "dsa_3_business_days";
    case "subpoena":
    case "court_order_2703d":
    case "warrant":
      return "us_10_business_days";
    case "civil_subpoena":
      return "civil_14_days";
    case "cloud_order":
      return "cloud_14_days";
    default:
      return "counsel_5_business_days";
  }
}

/**
 * When a request must be answered, and by which rule. Hours and days of the law run through weekends; business days end at
 * 17:00 where the authority is.
 *
 * @param holidays beside those of the jurisdiction, as `2026-05-01`
 */
export function dueOf(dated: Dated, holidays: readonly string[] = []): { at: Date; rule: DueRule } {
  const rule = ruleOf(dated);
  const clock: Clock = DUE_RULES[rule];
  const at =
    "hours" in clock
      ? new Date(dated.receivedAt.getTime() + clock.hours * HOUR)
      : instantIn(
          businessDaysAfter(
            dayIn(dated.receivedAt, dated.localZone),
            clock.businessDays,
            dated.jurisdiction,
            holidays,
          ),
          17,
          dated.localZone,
        );
  // What the house sets itself gives way to the order's own date; what the law sets is not put off by it.
  if (dated.returnAt && (!clock.law || dated.returnAt < at))
    return { at: dated.returnAt, rule: "return_date" };
  return { at, rule };
}

/** Under which heading of the deadlines board something due stands. */
export function urgencyOf(due: Date, now: Date): "overdue" | "today" | "three_days" | "this_week" | "later" {
  const left = due.getTime() - now.getTime();
  if (left <= 0) return "overdue";
  if (left <= 24 * HOUR) return "today";
  if (left <= 72 * HOUR) return "three_days";
  return left <= 168 * HOUR ? "this_week" : "later";
}
