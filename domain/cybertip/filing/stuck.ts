/** Why a filing stands still until a person acts: what it means, and what to do. In plain words, without content. */
export interface StuckWords {
  readonly says: string;
  readonly next: string;
  /** Who can do something about it. */
  readonly who: "specialist" | "administrator";
}

export const STUCK = {
  refused: {
    says: "NCMEC's service refused the report. Nothing was filed.",
    next: "Look at the step that was refused, correct the draft, and have it approved again.",
    who: "specialist",
  },
  credentials: {
    says: "NCMEC's service does not know the credentials.",
    next: "Have an administrator check user name, password and environment (`unseal cybertip check`), then try again.",
    who: "administrator",
  },
  rights: {
    says: "The account at NCMEC may not do this.",
    next: "Ask NCMEC about the account's rights, naming the request id, then try again.",
    who: "administrator",
  },
  "file-gone": {
    says: "A file is no longer at the platform. Nothing was filed.",
    next: "Ask the platform for the file and try again, or leave it out with a reason and have the report approved again.",
    who: "specialist",
  },
  "file-changed": {
    says: "A file is not the one that was flagged: its hash is another. Nothing was filed.",
    next: "Leave the file out with a reason, or ask the platform for the original, and have the report approved again.",
    who: "specialist",
  },
  "file-too-large": {
    says: "A file is larger than the limit for fetching. Nothing was filed.",
    next: "Have an administrator raise the limit, or leave the file out with a reason and have the report approved again.",
    who: "specialist",
  },
  "file-unreachable": {
    says: "A file could not be fetched from the platform, several times over. Nothing was filed.",
    next: "Have an administrator check the platform's address and credentials (`unseal cybertip source set`), then try again.",
    who: "administrator",
  },
  "file-source": {
    says: "A file may not be fetched from where it lies, or the platform does not take our token. Nothing was filed.",
    next: "Have an administrator set the platform's origins and token (`unseal cybertip source set`), then try again.",
    who: "administrator",
  },
  spoilt: {
    says: "A file arrived at NCMEC otherwise than it was sent, several times over. Nothing was filed.",
    next: "Have an administrator look at the connection, then try again.",
    who: "administrator",
  },
  connection: {
    says: "The answer was not one that NCMEC's service would give, or its certificate is not to be trusted.",
    next: "Have an administrator look at the connection, then try again.",
    who: "administrator",
  },
  "gave-up": {
    says: "NCMEC's service could not be reached, or had errors, for about two days. Nothing was filed.",
    next: "Try again once the service is back, or file by hand from an export.",
    who: "specialist",
  },
  "cannot-tell": {
    says: "It is not known whether the report was filed: the service does not say what became of it.",
    next: "Try again, which asks the service once more. If it stays silent, ask NCMEC, naming the report's number, and have an administrator record the answer (`unseal cybertip settle`). Do not file it by hand before.",
    who: "administrator",
  },
  "environment-changed": {
    says: "The report was opened in another environment of NCMEC's service than the one that is set.",
    next: "Have an administrator set that environment again until the report is settled.",
    who: "administrator",
  },
  "not-assembled": {
    says: "The report could not be put together from what was approved. Nothing was filed.",
    next: "Open the draft, correct what is marked, and have it approved again.",
    who: "specialist",
  },
  "no-reporter": {
    says: "The settings do not say who reports. Nothing was filed.",
    next: "Have an administrator give the reporter (`unseal cybertip configure --reporter`), then try again.",
    who: "administrator",
  },
  stopped: {
    says: "Somebody stopped the filing. Nothing was filed.",
    next: "Try again, or change the draft.",
    who: "specialist",
  },
} as const satisfies Readonly<Record<string, StuckWords>>;

export type StuckCode = keyof typeof STUCK;
