import { FILE_DETAILS } from "../model/fileDetails.ts";
import { ruleOn } from "./ruleOn.ts";

const NOT_SUPPLEMENTAL = "A supplemental file cannot have it. Leave it out, or call the file reported.";

export const FILE_DETAILS_RULES = [
  ruleOn(FILE_DETAILS, ({ exifViewedByEsp, fileViewedByEsp }, report) => {
    if (exifViewedByEsp && fileViewedByEsp !== true)
      report(
        "service.exifNeedsFile",
        ["exifViewedByEsp"],
        "It can only be true if the file has been viewed too.",
      );
  }),
  ruleOn(FILE_DETAILS, (draft, report) => {
    if (draft.fileRelevance !== "Supplemental Reported") return;
    if (draft.industryClassification !== undefined)
      report("service.supplemental", ["industryClassification"], NOT_SUPPLEMENTAL);
    if (draft.potentialMeme !== undefined)
      report("service.supplemental", ["potentialMeme"], NOT_SUPPLEMENTAL);
    if (draft.fileAnnotations?.potentialMeme)
      report("service.supplemental", ["fileAnnotations", "potentialMeme"], NOT_SUPPLEMENTAL);
  }),
];
