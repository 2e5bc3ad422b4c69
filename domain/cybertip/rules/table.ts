type Row = {
  /** `schema`: the service's XSD. `service`: its documentation. `advice`: ours, never a reason to refuse. */
  readonly source: "schema" | "service" | "advice";
  readonly says: string;
};

/** Every rule that a document is checked against. A problem names one of them. */
export const RULES = {
  "schema.required": { source: "schema", says: "What is required is there." },
  "schema.unknown": { source: "schema", says: "Nothing is there that the schema does not have." },
  "schema.version": {
    source: "schema",
    says: "Nothing is there that only a later version of the schema has.",
  },
  "schema.type": { source: "schema", says: "Texts are texts, numbers numbers, lists lists." },
  "schema.enumeration": { source: "schema", says: "Where there is a choice of values, it is one of them." },
  "schema.pattern": { source: "schema", says: "Codes are written as the schema's pattern says." },
  "schema.choice": { source: "schema", says: "Of alternatives, exactly one is there." },
  "schema.exclusive": {
    source: "schema",
    says: "Of two fields that exclude each other, one is there at most.",
  },
  "schema.presence": { source: "schema", says: "A tag says yes by being there and can say nothing else." },
  "schema.number": { source: "schema", says: "Numbers are finite, whole where they must be, and in range." },
  "schema.date": { source: "schema", says: "Dates and times exist and are written as ISO 8601." },
  "schema.characters": { source: "schema", says: "Ids and addresses hold no character that XML forbids." },
  "service.length": { source: "service", says: "No text is longer than documented." },
  "service.blank": { source: "service", says: "What must say something is not blank." },
  "service.zone": { source: "service", says: "Every time has a time zone." },
  "service.past": { source: "service", says: "Every time and date lies in the past." },
  "service.email": { source: "service", says: "E-mail addresses are well formed." },
  "service.url": { source: "service", says: "Web addresses are complete and valid." },
  "service.ip": { source: "service", says: "IP addresses are IPv4 or IPv6." },
  "service.port": { source: "service", says: "Ports lie between 1 and 65535." },
  "service.age": { source: "service", says: "Ages lie between 0 and 150." },
  "service.token": { source: "service", says: "File ids are not empty and hold no white space." },
  "service.reportNumber": { source: "service", says: "Report numbers are positive." },
  "service.reporterEmail": { source: "service", says: "The reporting person has an e-mail address." },
  "service.verified": { source: "service", says: "What has a time of verification is verified." },
  "service.callingCode": { source: "service", says: "A phone number does not repeat its calling code." },
  "service.locationCountry": { source: "service", says: "An estimated place names its country." },
  "service.locationRegion": { source: "service", says: "A city in the US comes with its state." },
  "service.notifiedAfterDisabled": {
    source: "service",
    says: "A user is told no earlier than the account is disabled.",
  },
  "service.reenabledAfterDisabled": {
    source: "service",
    says: "An account is enabled after it was disabled.",
  },
  "service.ageOrBirth": { source: "service", says: "An associated account has an age or a date of birth." },
  "service.incidentEmail": {
    source: "service",
    says: "An incident's e-mail address belongs to somebody named.",
  },
  "service.onePerson": { source: "service", says: "Outside a batch, at most one person is reported." },
  "service.batchPerson": { source: "service", says: "In a batch, a person reported has an account id only." },
  "service.batchReport": {
    source: "service",
    says: "A batch leaves out what is particular to one incident.",
  },
  "service.batchOneFile": { source: "service", says: "A batch has exactly one file." },
  "service.batchFile": {
    source: "service",
    says: "A batch's file leaves out what is particular to one upload.",
  },
  "service.batchAnnotations": {
    source: "service",
    says: "A batch's file is marked viral, a possible meme, or both, and nothing else.",
  },
  "service.batchRelevance": { source: "service", says: "A batch's file is reported, not supplemental." },
  "service.exifNeedsFile": { source: "service", says: "Who viewed a file's metadata viewed the file." },
  "service.supplemental": {
    source: "service",
    says: "A supplemental file is neither classified nor a possible meme.",
  },
  "advice.characters": { source: "advice", says: "Characters that XML forbids will be spelt out." },
  "advice.legacy": { source: "advice", says: "Fields that are no longer documented are left out." },
  "advice.whereItHappened": { source: "advice", says: "A report says where it happened." },
  "advice.whoDidIt": { source: "advice", says: "A report names the account that it is about." },
  "advice.port": { source: "advice", says: "An IPv4 address comes with a port." },
  "advice.captureTime": { source: "advice", says: "An IP address comes with its time." },
  "advice.coordinates": { source: "advice", says: "Coordinates lie on the globe." },
  "advice.callingCode": {
    source: "advice",
    says: "A phone number does not seem to repeat its calling code.",
  },
  "advice.sextortion": { source: "advice", says: "Sextortion is filed as enticement." },
} as const satisfies Record<string, Row>;

export type RuleId = keyof typeof RULES;

/** Whether breaking a rule means that the service would refuse. */
export function severityOf(rule: RuleId): "error" | "warning" {
  return RULES[rule].source === "advice" ? "warning" : "error";
}
