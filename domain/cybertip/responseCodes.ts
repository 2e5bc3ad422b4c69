export interface CodeMeaning {
  /** `server`: may be tried again. Everything else stands. */
  readonly kind: "success" | "server" | "sign-in" | "rights" | "request" | "state";
  readonly says: string;
  /** What whoever works on the report does next. */
  readonly next: string;
}

const AGAIN = "It is tried again by itself.";
const TELL_NCMEC = "Ask NCMEC about the account's rights, and name the request id.";
const CHECK = "Correct the report and submit it again.";

/** Codes of the documentation of 2025-06-11, which calls its list incomplete. */
const CODES: Readonly<Record<number, CodeMeaning>> = {
  0: { kind: "success", says: "Success.", next: "Nothing." },
  1000: { kind: "server", says: "The service had an error.", next: AGAIN },
  1100: { kind: "server", says: "The service could not save it.", next: AGAIN },
  1110: { kind: "server", says: "The service could not take the upload.", next: AGAIN },
  1111: { kind: "server", says: "The service could not take the file.", next: AGAIN },
  1210: { kind: "server", says: "The service did not find what it needs.", next: AGAIN },
  1300: { kind: "server", says: "The service could not change it.", next: AGAIN },
  2000: {
    kind: "sign-in",
    says: "The service does not know the credentials.",
    next: "Have an administrator check the credentials and the environment they belong to.",
  },
  3000: { kind: "rights", says: "The account may not do this.", next: TELL_NCMEC },
  3100: { kind: "rights", says: "The account may not submit reports.", next: TELL_NCMEC },
  3300: { kind: "rights", says: "The account may not change this report.", next: TELL_NCMEC },
  4000: { kind: "request", says: "The service did not understand the request.", next: CHECK },
  4100: { kind: "request", says: "The service refuses a field.", next: CHECK },
  4110: { kind: "request", says: "The service could not read the XML.", next: CHECK },
  4200: {
    kind: "request",
    says: "The service could not read the file.",
    next: "Look at the file and upload it again.",
  },
  5001: {
    kind: "state",
    says: "The service has no such report; it may have expired.",
    next: "Start over: nothing was filed.",
  },
  5002: { kind: "state", says: "The service has no such file.", next: "Upload the file again." },
  5101: { kind: "state", says: "The report was retracted.", next: "Start over: nothing was filed." },
  5102: {
    kind: "state",
    says: "The report is finished already.",
    next: "Do not file it again. Ask NCMEC for the receipt if it is missing.",
  },
};

/** What a response code means. A code that nobody documented is judged by its thousands. */
export function meaningOf(code: number): CodeMeaning {
  const known = CODES[code];
  if (known) return known;
  const kinds = { 1: "server", 2: "sign-in", 3: "rights", 5: "state" } as const;
  const thousands = Math.floor(code / 1000);
  const kind =
    thousands === 1 || thousands === 2 || thousands === 3 || thousands === 5 ? kinds[thousands] : "request";
  return {
    kind,
    says: "The service gave a code that is not documented.",
    next: kind === "server" ? AGAIN : "Ask NCMEC what it means, and name the request id.",
  };
}

/** Whether the code is in the documentation. */
export function isKnownCode(code: number): boolean {
  return Object.hasOwn(CODES, code);
}

/**
 * What follows from the answer to a retraction, by which a filing that broke off finds out where it stood: `start-over`
 * when the report is gone, `was-finished` when it had been filed after all, `ask-again` when the answer tells nothing.
 */
export function afterRetraction(code: number): "start-over" | "was-finished" | "ask-again" | "stop" {
  if (code === 0 || code === 5001 || code === 5101) return "start-over";
  if (code === 5102) return "was-finished";
  return meaningOf(code).kind === "server" ? "ask-again" : "stop";
}
