import { FILE_DETAILS } from "../model/fileDetails.ts";
import { REPORT } from "../model/report.ts";
import { ruleOn } from "./ruleOn.ts";

const NOT_IN_BATCH_REPORT = [
  "internetDetails",
  "lawEnforcement",
  "intendedRecipient",
  "victim",
  "additionalInfo",
] as const;
const NOT_ON_BATCH_FILE = [
  "originalFileName",
  "locationOfFile",
  "originalFileHash",
  "ipCaptureEvent",
  "deviceId",
  "details",
  "additionalInfo",
] as const;
const LEAVE_OUT = "A batch cannot carry it. Leave it out, or file a report of its own.";

const isFilled = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** A batch is one file and everybody who shared it; whatever is particular to one of them has no place in it. */
export const BATCH_RULES = [
  ruleOn(REPORT, (draft, report, { batched }) => {
    if (!batched) return;
    for (const name of NOT_IN_BATCH_REPORT)
      if (isFilled(draft[name])) report("service.batchReport", [name], LEAVE_OUT);
    if (draft.incidentSummary?.escalateToHighPriority !== undefined)
      report("service.batchReport", ["incidentSummary", "escalateToHighPriority"], LEAVE_OUT);
    for (const [i, person] of (draft.personOrUserReported ?? []).entries()) {
      for (const [name, value] of Object.entries(person))
        if (name !== "espIdentifier" && isFilled(value))
          report("service.batchPerson", ["personOrUserReported", i, name], LEAVE_OUT);
      if (!person.espIdentifier?.trim())
        report("service.batchPerson", ["personOrUserReported", i, "espIdentifier"], "Give the account's id.");
    }
  }),
  ruleOn(FILE_DETAILS, (draft, report, { batched }) => {
    if (!batched) return;
    for (const name of NOT_ON_BATCH_FILE)
      if (isFilled(draft[name])) report("service.batchFile", [name], LEAVE_OUT);
    const marks = Object.entries(draft.fileAnnotations ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name);
    if (marks.length === 0 || marks.some((name) => name !== "viral" && name !== "potentialMeme"))
      report(
        "service.batchAnnotations",
        ["fileAnnotations"],
        "Tick going round, possibly a meme, or both, and no other.",
      );
    if (draft.fileRelevance === "Supplemental Reported")
      report("service.batchRelevance", ["fileRelevance"], "In a batch the file itself is what is reported.");
  }),
];
