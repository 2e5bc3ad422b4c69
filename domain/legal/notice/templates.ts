/**
 * What an account is told: plain language, no content, nobody else's name or account. A change of a word is a new version, so
 * that the record says which words were sent.
 */
export interface NoticeFacts {
  readonly platform: string;
  /** Who asked. */
  readonly agency: string;
  readonly reference: string;
  /** RFC 3339 */
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly producedAt: string | null;
  /** Categories that may be given, least first. */
  readonly categories: readonly string[];
  readonly emergency: boolean;
  readonly policy: string;
  readonly type: string;
  readonly state: string;
  /** An order kept us from telling earlier. */
  readonly delayed: boolean;
}

export interface NoticeTemplate {
  readonly key: string;
  readonly version: string;
  readonly label: string;
  readonly subject: (facts: NoticeFacts) => string;
  readonly text: (facts: NoticeFacts) => string;
}

const CATEGORY_WORDS: Readonly<Record<string, string>> = {
  subscriber: "information about your account, such as the name and address you gave and when you signed up",
  identification: "network addresses from which your account was used, and when",
  traffic: "records of when and with which accounts you exchanged messages, without what was written",
  content: "messages and attachments of your account",
};

/** One line, so that whatever an agency calls itself cannot lay out the letter. */
const line = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
const day = (instant: string) => instant.slice(0, 10);

function what(facts: NoticeFacts): string {
  const known = facts.categories.map((name) => CATEGORY_WORDS[name]).filter((words) => words !== undefined);
  if (known.length === 0) return "It asks for information about your account.";
  return `It asks for:\n${known.map((words) => `- ${words};`).join("\n")}`;
}

const who = (facts: NoticeFacts) => `${line(facts.agency)} (reference ${line(facts.reference)})`;

const RIGHTS =
  "You may want to ask a lawyer what your rights are. We cannot give legal advice, and we are not able to tell you more than this about the request.";

const closing = (facts: NoticeFacts) => `The team of ${line(facts.platform)}`;

const letter = (...parts: string[]) => `${parts.join("\n\n")}\n`;

export const NOTICE_TEMPLATES: readonly NoticeTemplate[] = [
  {
    key: "before",
    version: "2026-1",
    label: "Before the answer, so that the person can object",
    subject: () => "A legal request for information about your account",
    text: (facts) =>
      letter(
        "Hello,",
        `On ${day(facts.receivedAt)} we received a legal request about your account from ${who(facts)}. ${what(facts)}`,
        `We have not given anything out yet. We must answer by ${day(facts.dueAt)}. If you want to object, do so before that day: with the authority or the court that issued the request, and tell us that you have, so that we can take it into account.`,
        RIGHTS,
        closing(facts),
      ),
  },
  {
    key: "after",
    version: "2026-1",
    label: "After the answer",
    subject: () => "We answered a legal request about your account",
    text: (facts) =>
      letter(
        "Hello,",
        `On ${day(facts.receivedAt)} we received a legal request about your account from ${who(facts)}. ${what(facts)}`,
        facts.producedAt
          ? `We were obliged to answer and did so on ${day(facts.producedAt)}, as far as the law requires and no further.`
          : "We have dealt with it. Nothing was given out.",
        RIGHTS,
        closing(facts),
      ),
  },
  {
    key: "delayed",
    version: "2026-1",
    label: "After an order not to tell has ended",
    subject: () => "A legal request about your account that we could not tell you of before",
    text: (facts) =>
      letter(
        "Hello,",
        `On ${day(facts.receivedAt)} we received a legal request about your account from ${who(facts)}. ${what(facts)}`,
        facts.producedAt
          ? `We were obliged to answer and did so on ${day(facts.producedAt)}, as far as the law requires and no further.`
          : "Nothing has been given out.",
        "The law kept us from telling you of it until now. That has ended, and so we do.",
        RIGHTS,
        closing(facts),
      ),
  },
  {
    key: "emergency",
    version: "2026-1",
    label: "After an emergency",
    subject: () => "We gave out information about your account in an emergency",
    text: (facts) =>
      letter(
        "Hello,",
        `On ${day(facts.receivedAt)} we were told by ${who(facts)} of an emergency in which somebody's life or health was in danger. ${what(facts)}`,
        facts.producedAt
          ? `After checking who asked, we gave out what was needed to avert the danger, on ${day(facts.producedAt)}. The law allows this without an order of a court.`
          : "Nothing was given out.",
        RIGHTS,
        closing(facts),
      ),
  },
  {
    key: "civil",
    version: "2026-1",
    label: "Before the answer to a civil party",
    subject: () => "Somebody asks for information about your account in a civil case",
    text: (facts) =>
      letter(
        "Hello,",
        `On ${day(facts.receivedAt)} we received a demand for information about your account in a civil case from ${who(facts)}. ${what(facts)}`,
        `It does not cover what you wrote: messages are never given out to a party of a civil case. We must answer by ${day(facts.dueAt)}. If you want to object, ask the court to quash it before that day, and tell us that you have.`,
        RIGHTS,
        closing(facts),
      ),
  },
];

/** @returns the template that fits a request as it stands; null when nobody is to be told */
export function suggestedTemplate(facts: NoticeFacts): string | null {
  if (facts.policy !== "before" && facts.policy !== "after") return null;
  if (facts.type === "epoc" || facts.type === "epoc_pr") return null;
  if (facts.emergency) return "emergency";
  if (facts.delayed) return "delayed";
  if (facts.type === "civil_subpoena" && facts.policy === "before") return "civil";
  return facts.policy;
}

/** @returns the words of a template for one platform's accounts, or null when there is no such template */
export function noticeWords(
  key: string,
  facts: NoticeFacts,
): { version: string; subject: string; text: string } | null {
  const template = NOTICE_TEMPLATES.find((one) => one.key === key);
  if (!template) return null;
  return { version: template.version, subject: template.subject(facts), text: template.text(facts) };
}

/** The default for a type of request. Emergencies are told afterwards; European orders by the authority. */
export function defaultNoticePolicy(
  type: string,
  childSafety: boolean,
): "before" | "after" | "barred" | "not_applicable" {
  if (childSafety) return "barred";
  switch (type) {
    case "epoc":
    case "epoc_pr":
    case "preservation_2703f":
    case "consent":
      return "not_applicable";
    case "nsl":
    case "pen_trap":
      return "barred";
    case "subpoena":
    case "civil_subpoena":
    case "court_order_2703d":
      return "before";
    default:
      return "after";
  }
}
