import { CONTACT_PERSON } from "./contact.ts";
import { COUNTRY } from "./countries.ts";
import { BOOLEAN, complex, maybe, one, sequence, text } from "./kinds.ts";

export const LAW_ENFORCEMENT = sequence("lawEnforcement", {
  agencyName: one(text({ max: 255 }), { label: "Agency", help: "The authority involved.", notBlank: true }),
  caseNumber: maybe(text({ max: 100 }), { label: "Case number", help: "Theirs, if known." }),
  officerContact: maybe(CONTACT_PERSON, { label: "Officer", help: "Whoever works on the case there." }),
  reportedToLe: maybe(BOOLEAN, {
    label: "We reported it to them",
    help: "Whether our company has reported the incident to law enforcement.",
  }),
  servedLegalProcessDomestic: maybe(BOOLEAN, {
    label: "Legal process from the US",
    help: "Whether US law enforcement has served legal process about the person or the incident.",
  }),
  servedLegalProcessInternational: maybe(
    complex("servedLegalProcessInternational", BOOLEAN, {
      attributes: {
        fleaCountry: maybe(COUNTRY, { label: "From which country", help: "Two letters." }),
      },
      elements: {},
    }),
    {
      label: "Legal process from abroad",
      help: "Whether law enforcement of another country has served legal process about it.",
    },
  ),
});
