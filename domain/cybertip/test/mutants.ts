import type { RuleId } from "../rules/table.ts";

type Held = Record<string, unknown>;

/** One way to break one rule in an otherwise good document. */
export interface Mutant {
  readonly rule: RuleId;
  readonly document: "report" | "fileDetails";
  /** Where the problem must be shown. */
  readonly pointer: string;
  readonly mutate: (good: Held) => Held;
  /** Whether it only makes sense within, or outside, a batch. */
  readonly batched?: boolean;
}

const ARRIVED = "2026-01-05T00:00:00Z";
const summary = (more: Held) => (good: Held) => ({
  ...good,
  incidentSummary: { ...(good.incidentSummary as Held), ...more },
});
const person = (more: Held) => (good: Held) => ({ ...good, personOrUserReported: [more] });
const victim = (more: Held) => (good: Held) => ({ ...good, victim: [{ victimPerson: {}, ...more }] });
const details = (more: Held) => (good: Held) => ({ ...good, internetDetails: [more] });
const add = (more: Held) => (good: Held) => ({ ...good, ...more });
const email = (more: Held) => victim({ victimPerson: { email: [{ value: "a@example.org", ...more }] } });
const phone = (more: Held) => victim({ victimPerson: { phone: [{ value: "555-0100", ...more }] } });
const inReport = (rule: RuleId, pointer: string, mutate: Mutant["mutate"], batched = false): Mutant => ({
  rule,
  document: "report",
  pointer,
  mutate,
  batched,
});
const inFile = (rule: RuleId, pointer: string, mutate: Mutant["mutate"], batched = false): Mutant => ({
  rule,
  document: "fileDetails",
  pointer,
  mutate,
  batched,
});

/** Every rule at least once; the texts are as plain as can be. */
export const MUTANTS: readonly Mutant[] = [
  inReport("schema.required", "/incidentSummary/incidentType", summary({ incidentType: undefined })),
  inReport("schema.required", "/reporter", add({ reporter: undefined })),
  inReport("schema.required", "/lawEnforcement/agencyName", add({ lawEnforcement: {} })),
  inReport("schema.required", "/victim/0/victimPerson", add({ victim: [{}] })),
  inReport("schema.required", "/victim/0/ipCaptureEvent/0/ipAddress", victim({ ipCaptureEvent: [{}] })),
  inReport("schema.required", "/victim/0/associatedAccount/0/type", victim({ associatedAccount: [{}] })),
  inFile("schema.required", "/details/0/nameValuePair", add({ details: [{ nameValuePair: [] }] })),
  inFile("schema.required", "/originalFileHash/0/hashType", add({ originalFileHash: [{ value: "00" }] })),
  inReport("schema.unknown", "/victim/0/nickname", victim({ nickname: "x" })),
  inReport("schema.unknown", "/incidentSummary/constructor", summary({ constructor: "x" })),
  inReport(
    "schema.version",
    "/incidentSummary/reportAnnotations/informational",
    summary({ reportAnnotations: { informational: true } }),
  ),
  inReport(
    "schema.version",
    "/victim/0/victimPerson/ageAssertionDiscrepancy",
    victim({ victimPerson: { ageAssertionDiscrepancy: true } }),
  ),
  inReport("schema.type", "/incidentSummary/platform", summary({ platform: 7 })),
  inReport("schema.type", "/victim", add({ victim: {} })),
  inReport("schema.type", "/victim/0", add({ victim: ["x"] })),
  inReport("schema.type", "/victim/0/compromisedAccount", victim({ compromisedAccount: "true" })),
  inReport("schema.type", "/victim/0/victimPerson/age", victim({ victimPerson: { age: "14" } })),
  inReport("schema.enumeration", "/incidentSummary/incidentType", summary({ incidentType: "Sextortion" })),
  inReport(
    "schema.enumeration",
    "/victim/0/associatedAccount/0/type",
    victim({ associatedAccount: [{ type: "linked" }] }),
  ),
  inFile(
    "schema.enumeration",
    "/industryClassification",
    add({ industryClassification: "C1", fileRelevance: "Reported" }),
  ),
  inReport(
    "schema.pattern",
    "/victim/0/victimPerson/phone/0/countryCallingCode",
    phone({ countryCallingCode: "1" }),
  ),
  inReport("schema.pattern", "/victim/0/victimPerson/phone/0/extension", phone({ extension: "1a" })),
  inReport("schema.choice", "/internetDetails/0", details({})),
  inReport("schema.choice", "/internetDetails/0", details({ chatImIncident: {}, webPageIncident: {} })),
  inFile(
    "schema.exclusive",
    "/fileAnnotations",
    add({ potentialMeme: true, fileAnnotations: { viral: true }, fileRelevance: "Reported" }),
  ),
  inReport(
    "schema.presence",
    "/incidentSummary/reportAnnotations/spam",
    summary({ reportAnnotations: { spam: false } }),
  ),
  inReport("schema.number", "/victim/0/victimPerson/age", victim({ victimPerson: { age: 1.5 } })),
  inReport(
    "schema.number",
    "/internetDetails/0/cellPhoneIncident/latitude",
    details({ cellPhoneIncident: { latitude: Number.NaN } }),
  ),
  inReport("schema.number", "/victim/0/priorCTReports/0", victim({ priorCTReports: ["12a"] })),
  inReport(
    "schema.number",
    "/victim/0/priorCTReports/0",
    victim({ priorCTReports: ["9223372036854775808"] }),
  ),
  inReport("schema.date", "/incidentSummary/incidentDateTime", summary({ incidentDateTime: "yesterday" })),
  inReport(
    "schema.date",
    "/incidentSummary/incidentDateTime",
    summary({ incidentDateTime: "2025-02-29T00:00:00Z" }),
  ),
  inReport(
    "schema.date",
    "/victim/0/victimPerson/dateOfBirth",
    victim({ victimPerson: { dateOfBirth: "2010-13-01" } }),
  ),
  inReport("schema.characters", "/victim/0/espIdentifier", victim({ espIdentifier: "a\u0000b" })),
  inReport("schema.characters", "/victim/0/espIdentifier", victim({ espIdentifier: "a\ud800" })),
  inReport("service.length", "/incidentSummary/platform", summary({ platform: "x".repeat(257) })),
  inReport("service.length", "/incidentSummary/platform", summary({ platform: `${"x".repeat(250)}\u0000` })),
  inReport(
    "service.length",
    "/incidentSummary/escalateToHighPriority",
    summary({ escalateToHighPriority: "x".repeat(3001) }),
  ),
  inReport("service.length", "/victim/0/schoolName", victim({ schoolName: "x".repeat(256) })),
  inReport(
    "service.length",
    "/victim/0/profileUrl/0",
    victim({ profileUrl: [`https://example.org/${"x".repeat(2083)}`] }),
  ),
  inFile("service.length", "/originalFileName", add({ originalFileName: "x".repeat(2057) })),
  inReport(
    "service.blank",
    "/incidentSummary/escalateToHighPriority",
    summary({ escalateToHighPriority: " \n" }),
  ),
  inReport(
    "service.blank",
    "/victim/0/deviceId/0/idValue",
    victim({ deviceId: [{ idType: "x", idValue: " " }] }),
  ),
  inReport(
    "service.zone",
    "/incidentSummary/incidentDateTime",
    summary({ incidentDateTime: "2025-01-01T00:00:00" }),
  ),
  inReport(
    "service.past",
    "/incidentSummary/incidentDateTime",
    summary({ incidentDateTime: "2030-01-01T00:00:00Z" }),
  ),
  inReport(
    "service.past",
    "/victim/0/victimPerson/dateOfBirth",
    victim({ victimPerson: { dateOfBirth: "2030-01-01" } }),
  ),
  inFile("service.past", "/uploadedToEspTimestamp", add({ uploadedToEspTimestamp: "2030-01-01T00:00:00Z" })),
  inReport("service.email", "/victim/0/victimPerson/email/0/value", email({ value: "nobody" })),
  inReport(
    "service.email",
    "/victim/0/victimPerson/email/0/value",
    email({ value: `${"x".repeat(65)}@example.org` }),
  ),
  inReport("service.url", "/victim/0/profileUrl/0", victim({ profileUrl: ["example.org/u"] })),
  inReport("service.url", "/victim/0/profileUrl/0", victim({ profileUrl: ["javascript:alert(1)"] })),
  inReport(
    "service.ip",
    "/victim/0/ipCaptureEvent/0/ipAddress",
    victim({ ipCaptureEvent: [{ ipAddress: "192.0.2.256" }] }),
  ),
  inReport(
    "service.ip",
    "/victim/0/ipCaptureEvent/0/ipAddress",
    victim({ ipCaptureEvent: [{ ipAddress: "fe80::1%eth0" }] }),
  ),
  inReport(
    "service.port",
    "/victim/0/ipCaptureEvent/0/port",
    victim({ ipCaptureEvent: [{ ipAddress: "192.0.2.1", port: 65536 }] }),
  ),
  inReport("service.age", "/victim/0/victimPerson/age", victim({ victimPerson: { age: 151 } })),
  inFile("service.token", "/fileId", add({ fileId: "a b" })),
  inFile("service.reportNumber", "/reportId", add({ reportId: "0" })),
  inReport(
    "service.reporterEmail",
    "/reporter/reportingPerson/email",
    add({ reporter: { reportingPerson: {} } }),
  ),
  inReport(
    "service.verified",
    "/victim/0/victimPerson/email/0/verified",
    email({ verificationDate: ARRIVED }),
  ),
  inReport(
    "service.verified",
    "/victim/0/victimPerson/phone/0/verified",
    phone({ verified: false, verificationDate: ARRIVED }),
  ),
  inReport(
    "service.callingCode",
    "/victim/0/victimPerson/phone/0/value",
    phone({ value: "+1 555 0100", countryCallingCode: "+1" }),
  ),
  inReport(
    "service.locationCountry",
    "/victim/0/estimatedLocation/countryCode",
    victim({ estimatedLocation: { city: "Exampleville" } }),
  ),
  inReport(
    "service.locationRegion",
    "/victim/0/estimatedLocation/region",
    victim({ estimatedLocation: { city: "Exampleville", countryCode: "US" } }),
  ),
  inReport(
    "service.locationRegion",
    "/victim/0/estimatedLocation/region",
    victim({ estimatedLocation: { city: "Exampleville", region: "Virginia", countryCode: "US" } }),
  ),
  inReport(
    "service.notifiedAfterDisabled",
    "/victim/0/accountPermanentlyDisabled/userNotifiedDate",
    victim({
      accountPermanentlyDisabled: {
        value: true,
        disabledDate: ARRIVED,
        userNotifiedDate: "2026-01-04T23:59:59Z",
      },
    }),
  ),
  inReport(
    "service.notifiedAfterDisabled",
    "/victim/0/accountTemporarilyDisabled/userNotifiedDate",
    victim({
      accountTemporarilyDisabled: {
        value: true,
        disabledDate: ARRIVED,
        userNotifiedDate: "2026-01-05T00:00:00+01:00",
      },
    }),
  ),
  inReport(
    "service.reenabledAfterDisabled",
    "/victim/0/accountTemporarilyDisabled/reenabledDate",
    victim({ accountTemporarilyDisabled: { value: true, disabledDate: ARRIVED, reenabledDate: ARRIVED } }),
  ),
  inReport(
    "service.ageOrBirth",
    "/victim/0/associatedAccount/0/approximateAge",
    victim({ associatedAccount: [{ type: "Other", approximateAge: 20, dateOfBirth: "2000-01-01" }] }),
  ),
  inReport(
    "service.incidentEmail",
    "/internetDetails/0/emailIncident/emailAddress/0",
    details({ emailIncident: { emailAddress: [{ value: "other@elsewhere.example.net" }] } }),
  ),
  inReport("service.onePerson", "/personOrUserReported/1", add({ personOrUserReported: [{}, {}] })),
  inReport(
    "service.batchPerson",
    "/personOrUserReported/0/screenName",
    person({ espIdentifier: "a", screenName: "b" }),
    true,
  ),
  inReport("service.batchPerson", "/personOrUserReported/0/espIdentifier", person({}), true),
  inReport("service.batchReport", "/victim", victim({}), true),
  inReport("service.batchReport", "/additionalInfo", add({ additionalInfo: "x" }), true),
  inReport(
    "service.batchReport",
    "/incidentSummary/escalateToHighPriority",
    summary({ escalateToHighPriority: "x" }),
    true,
  ),
  inFile("service.batchFile", "/originalFileName", add({ originalFileName: "x" }), true),
  inFile("service.batchAnnotations", "/fileAnnotations", add({ fileAnnotations: undefined }), true),
  inFile(
    "service.batchAnnotations",
    "/fileAnnotations",
    add({ fileAnnotations: { viral: true, infant: true } }),
    true,
  ),
  inFile(
    "service.batchRelevance",
    "/fileRelevance",
    add({ fileRelevance: "Supplemental Reported", industryClassification: undefined }),
    true,
  ),
  inFile("service.exifNeedsFile", "/exifViewedByEsp", add({ exifViewedByEsp: true, fileViewedByEsp: false })),
  inFile(
    "service.supplemental",
    "/industryClassification",
    add({
      fileRelevance: "Supplemental Reported",
      industryClassification: "A1",
      potentialMeme: undefined,
      fileAnnotations: undefined,
    }),
  ),
  inFile(
    "service.supplemental",
    "/fileAnnotations/potentialMeme",
    add({
      fileRelevance: "Supplemental Reported",
      fileAnnotations: { potentialMeme: true },
      potentialMeme: undefined,
      industryClassification: undefined,
    }),
  ),
  inFile(
    "service.supplemental",
    "/potentialMeme",
    add({
      fileRelevance: "Supplemental Reported",
      potentialMeme: false,
      fileAnnotations: undefined,
      industryClassification: undefined,
    }),
  ),
  inReport("advice.characters", "/incidentSummary/platform", summary({ platform: "a\u0007" })),
  inFile("advice.legacy", "/fileName", add({ fileName: "x" })),
  inReport("advice.whereItHappened", "/internetDetails", add({ internetDetails: undefined })),
  inReport("advice.whoDidIt", "/personOrUserReported", add({ personOrUserReported: [] })),
  inReport(
    "advice.port",
    "/victim/0/ipCaptureEvent/0/port",
    victim({ ipCaptureEvent: [{ ipAddress: "192.0.2.1" }] }),
  ),
  inReport(
    "advice.captureTime",
    "/victim/0/ipCaptureEvent/0/dateTime",
    victim({ ipCaptureEvent: [{ ipAddress: "2001:db8::1" }] }),
  ),
  inReport(
    "advice.coordinates",
    "/internetDetails/0/cellPhoneIncident/latitude",
    details({ cellPhoneIncident: { latitude: 91 } }),
  ),
  inReport(
    "advice.callingCode",
    "/victim/0/victimPerson/phone/0/value",
    phone({ value: "1 555 0100", countryCallingCode: "+1" }),
  ),
  inReport(
    "advice.sextortion",
    "/incidentSummary/incidentType",
    summary({ reportAnnotations: { sextortion: true }, incidentType: "Child Sex Trafficking" }),
  ),
];
