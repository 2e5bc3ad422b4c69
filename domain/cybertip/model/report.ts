import { BATCH_REASON } from "./enumerations.ts";
import { INCIDENT_SUMMARY } from "./incidentSummary.ts";
import { INTERNET_DETAILS } from "./internetDetails.ts";
import { anyNumber, complex, type DraftOf, LONG_TEXT, maybe, one, sequence, type ValueOf } from "./kinds.ts";
import { LAW_ENFORCEMENT } from "./lawEnforcement.ts";
import { INTENDED_RECIPIENT, PERSON_REPORTED, VICTIM } from "./parties.ts";
import { REPORTER } from "./reporter.ts";

export const BATCHED_REPORT = complex("batchedReport", "empty", {
  attributes: {
    reason: one(BATCH_REASON, { label: "Reason", help: "Why the accounts are taken together." }),
  },
  elements: {},
});

/** The document that opens a CyberTip report (`POST /submit`). */
export const REPORT = sequence("report", {
  batchedReport: maybe(BATCHED_REPORT, {
    label: "Batch",
    help: "One widely shared file and everybody who shared it. Little else may then be said.",
  }),
  incidentSummary: one(INCIDENT_SUMMARY, { label: "Incident", help: "What happened and when." }),
  internetDetails: anyNumber(INTERNET_DETAILS, {
    label: "Where it happened",
    help: "One entry for each way in which it happened.",
  }),
  lawEnforcement: maybe(LAW_ENFORCEMENT, {
    label: "Law enforcement",
    help: "If it has been reported to law enforcement, or they asked first.",
  }),
  reporter: one(REPORTER, { label: "Reporter", help: "Who reports, for which company." }),
  personOrUserReported: anyNumber(PERSON_REPORTED, {
    label: "Person reported",
    help: "Who did it. At most one, except in a batch.",
  }),
  intendedRecipient: anyNumber(INTENDED_RECIPIENT, {
    label: "Intended recipient",
    help: "To whom it was sent or should have been sent.",
  }),
  victim: anyNumber(VICTIM, { label: "Victim", help: "Who suffers." }),
  additionalInfo: maybe(LONG_TEXT, {
    label: "Further information",
    help: "Whatever else is known of the incident and has no field of its own.",
  }),
});

/** A report as it is sent. */
export type Report = ValueOf<typeof REPORT>;
/** A report while somebody is still writing it. */
export type ReportDraft = DraftOf<Report>;
