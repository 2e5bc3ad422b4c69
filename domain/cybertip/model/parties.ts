import {
  accountFields,
  accountStateFields,
  allEmailsReported,
  associatedAccount,
  estimatedLocation,
  furtherInformation,
  groupIdentifier,
  priorReports,
} from "./account.ts";
import { PERSON } from "./contact.ts";
import { anyNumber, BOOLEAN, LONG_TEXT, maybe, one, sequence, text } from "./kinds.ts";

/** Whoever is reported. One for a report, many in a batch. */
export const PERSON_REPORTED = sequence("personOrUserReported", {
  personOrUserReportedPerson: maybe(PERSON, { label: "Person", help: "What is known of the person." }),
  vehicleDescription: maybe(text({ max: 300 }), {
    label: "Vehicle",
    help: "The person's vehicle, if it matters.",
  }),
  ...accountFields("the person reported"),
  thirdPartyUserReported: maybe(BOOLEAN, {
    label: "On another company's platform",
    help: "Whether the account is held with somebody else, so that we know no more of it.",
  }),
  priorCTReports: priorReports,
  groupIdentifier,
  ...accountStateFields,
  estimatedLocation,
  allEmailsReported,
  associatedAccount,
  additionalInfo: maybe(LONG_TEXT, furtherInformation("the person reported")),
});

/** Whoever was meant to receive it. */
export const INTENDED_RECIPIENT = sequence("intendedRecipient", {
  intendedRecipientPerson: maybe(PERSON, { label: "Person", help: "What is known of the person." }),
  ...accountFields("the recipient"),
  priorCTReports: priorReports,
  groupIdentifier,
  ...accountStateFields,
  estimatedLocation,
  allEmailsReported,
  additionalInfo: anyNumber(LONG_TEXT, furtherInformation("the recipient")),
});

/** Whoever suffers. The person is required, though nothing in it is. */
export const VICTIM = sequence("victim", {
  victimPerson: one(PERSON, { label: "Person", help: "What is known of the person; may be left empty." }),
  ...accountFields("the victim"),
  schoolName: maybe(text({ max: 255 }), { label: "School", help: "Name of the victim's school." }),
  priorCTReports: priorReports,
  ...accountStateFields,
  estimatedLocation,
  allEmailsReported,
  associatedAccount,
  additionalInfo: maybe(LONG_TEXT, furtherInformation("the victim")),
});
