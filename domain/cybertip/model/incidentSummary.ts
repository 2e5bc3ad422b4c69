import { REPORT_ANNOTATIONS } from "./annotations.ts";
import { INCIDENT_TYPE } from "./enumerations.ts";
import { DATE_TIME, maybe, one, sequence, text } from "./kinds.ts";

export const INCIDENT_SUMMARY = sequence("incidentSummary", {
  incidentType: one(INCIDENT_TYPE, {
    label: "Type of incident",
    help: "Choose the one that fits best. Extortion with images is enticement, with the annotation sextortion.",
  }),
  platform: maybe(text({ max: 256 }), {
    label: "Platform",
    help: "Full name of the application on which it happened.",
  }),
  escalateToHighPriority: maybe(text({ max: 3000, long: true }), {
    label: "Why it is urgent",
    help: "Write here only if a child is in danger now: any words escalate the report.",
    notBlank: true,
  }),
  reportAnnotations: maybe(REPORT_ANNOTATIONS, { label: "Annotations", help: "Tick what applies." }),
  incidentDateTime: one(DATE_TIME, {
    label: "Time of the incident",
    help: "With time zone, in the past.",
    past: true,
  }),
  incidentDateTimeDescription: maybe(text({ max: 3000, long: true }), {
    label: "About the time",
    help: "What the time stands for, such as the first or the last message.",
  }),
});
