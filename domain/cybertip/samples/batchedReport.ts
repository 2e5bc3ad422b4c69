import type { Report } from "../model/report.ts";

/** A batch: one widely shared file, and everybody who shared it. All of it is made up. */
export const BATCHED_REPORT_SAMPLE: Report = {
  batchedReport: { reason: "VIRAL_POTENTIAL_MEME" },
  incidentSummary: {
    incidentType: "Child Pornography (possession, manufacture, and distribution)",
    platform: "Sample Messenger",
    incidentDateTime: "2026-01-04T10:00:00Z",
    incidentDateTimeDescription: "Time of the first share in the sample.",
  },
  reporter: {
    reportingPerson: {
      firstName: "Sample",
      lastName: "Reporter",
      email: [{ value: "reporter@example.org" }],
    },
  },
  personOrUserReported: [{ espIdentifier: "account-1" }, { espIdentifier: "account-2" }],
};
