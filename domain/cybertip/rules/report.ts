import { REPORT, type ReportDraft } from "../model/report.ts";
import { REPORTER } from "../model/reporter.ts";
import { ruleOn } from "./ruleOn.ts";

export const REPORT_RULES = [
  ruleOn(REPORTER, ({ reportingPerson }, report) => {
    if (reportingPerson && !reportingPerson.email?.length)
      report(
        "service.reporterEmail",
        ["reportingPerson", "email"],
        "Add an e-mail address of whoever reports; the settings hold the usual one.",
      );
  }),
  ruleOn(REPORT, (draft, report, { batched }) => {
    if (batched) return;
    const people = draft.personOrUserReported ?? [];
    if (people.length > 1)
      report(
        "service.onePerson",
        ["personOrUserReported", 1],
        "Report one person. File another report for each further one, or add them as associated accounts.",
      );
    if (people.length === 0)
      report(
        "advice.whoDidIt",
        ["personOrUserReported"],
        "Name the account that the report is about, if known.",
      );
    if (!draft.internetDetails?.length)
      report("advice.whereItHappened", ["internetDetails"], "Say where it happened, for instance in a chat.");
  }),
  ruleOn(REPORT, ({ incidentSummary }, report) => {
    if (
      incidentSummary?.reportAnnotations?.sextortion &&
      incidentSummary.incidentType !== "Online Enticement of Children for Sexual Acts"
    )
      report(
        "advice.sextortion",
        ["incidentSummary", "incidentType"],
        "With the annotation sextortion, the type is usually Online Enticement.",
      );
  }),
  ruleOn(REPORT, (draft, report) => {
    const known = knownAddresses(draft);
    for (const [i, details] of (draft.internetDetails ?? []).entries())
      for (const kind of ["emailIncident", "newsgroupIncident"] as const)
        for (const [k, email] of (details[kind]?.emailAddress ?? []).entries())
          if (email.value && !known.has(email.value.toLowerCase()))
            report(
              "service.incidentEmail",
              ["internetDetails", i, kind, "emailAddress", k],
              "Add this address to the person reported, a recipient or a victim as well.",
            );
  }),
];

function knownAddresses(draft: ReportDraft): Set<string> {
  const people = [
    ...(draft.personOrUserReported ?? []).map((one) => one.personOrUserReportedPerson),
    ...(draft.intendedRecipient ?? []).map((one) => one.intendedRecipientPerson),
    ...(draft.victim ?? []).map((one) => one.victimPerson),
  ];
  return new Set(people.flatMap((one) => one?.email ?? []).map((one) => (one.value ?? "").toLowerCase()));
}
