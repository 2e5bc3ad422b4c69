import { CONTACT_PERSON, PERSON } from "./contact.ts";
import { LONG_TEXT, maybe, one, sequence, text } from "./kinds.ts";

export const REPORTER = sequence("reporter", {
  reportingPerson: one(PERSON, {
    label: "Who reports",
    help: "Whoever answers for the report, and the company's address. At least one e-mail address.",
  }),
  contactPerson: maybe(CONTACT_PERSON, {
    label: "Whom to ask",
    help: "If law enforcement should turn to somebody else.",
  }),
  companyTemplate: maybe(LONG_TEXT, {
    label: "About the company",
    help: "The same words in every report: how to serve legal process, how long data are kept, whom to call at night.",
  }),
  termsOfService: maybe(LONG_TEXT, {
    label: "Terms of service",
    help: "The part of the terms that the incident breaks.",
  }),
  legalURL: maybe(text({ max: 2083, format: "url" }), {
    label: "Legal page",
    help: "A web page with more for law enforcement.",
  }),
});
