import fc from "fast-check";
import { spellForbidden } from "../characters.ts";
import {
  ASSOCIATED_ACCOUNT,
  ESTIMATED_LOCATION,
  PERMANENTLY_DISABLED,
  TEMPORARILY_DISABLED,
} from "../model/account.ts";
import { EMAIL, PHONE } from "../model/contact.ts";
import { FILE_DETAILS, type FileDetails } from "../model/fileDetails.ts";
import type { AnyType, ComplexType, Field, SimpleType, TextType } from "../model/kinds.ts";
import { REPORT, type Report } from "../model/report.ts";
import { REPORTER } from "../model/reporter.ts";
import { isIn, type SchemaVersion } from "../model/versions.ts";
import { isSimpleContent } from "../walkModel.ts";

type Held = Record<string, unknown>;

/** Reports that nobody would refuse, made from the model, with as odd texts as it allows. */
export function anyReport(version: SchemaVersion): fc.Arbitrary<Report> {
  return ofType(REPORT, version).map((value) => value as Report);
}
/** Details that nobody would refuse. */
export function anyFileDetails(version: SchemaVersion): fc.Arbitrary<FileDetails> {
  return ofType(FILE_DETAILS, version).map((value) => value as FileDetails);
}

const ODD = [
  "]]>",
  "<!DOCTYPE a>",
  "&amp;",
  "😀👩‍👧",
  "\u0000",
  "\u001b",
  "\ud800",
  "\uffff",
  "\r\n",
  "\t",
  "'\"",
  "\u202e",
  "é",
];
const oddText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...ODD),
      fc.string({ maxLength: 6 }),
      fc.string({ unit: "binary", maxLength: 3 }),
    ),
    {
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(""));
const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,11}$/);
const label = fc.stringMatching(/^[a-z]{1,8}$/);
const ipv6 = fc.ipV6().filter((address) => !address.includes("%"));

const MADE: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.tuple(label, label).map(([local, name]) => `${local}@${name}.example.org`),
  url: fc.tuple(label, word).map(([name, path]) => `https://${name}.example.org/${path}`),
  ip: fc.oneof(fc.ipV4(), ipv6),
  token: fc.stringMatching(/^[0-9a-f]{32}$/),
};

function ofText(type: TextType): fc.Arbitrary<string> {
  if (type.format !== null) return MADE[type.format] ?? word;
  if (type.pattern !== null)
    return fc.stringMatching(new RegExp(`^(?:${type.pattern})$`)).map((text) => text.slice(0, 10));
  if (type.exact) return fc.oneof(word, fc.constant("a<b>&\"c' ]]> 😀"));
  const odd = oddText.map((text) =>
    spellForbidden(text).length > (type.max ?? 5000) ? "placeholder" : text,
  );
  return fc.oneof(word, odd, fc.constantFrom("x".repeat(type.max ?? 5000)));
}

const moment = fc
  .tuple(
    fc.date({ min: new Date("1990-01-02Z"), max: new Date("2025-12-30Z"), noInvalidDate: true }),
    fc.constantFrom("Z", "+00:00", "-05:30", "+14:00"),
  )
  .map(([date, zone]) => date.toISOString().replace("Z", zone));

function ofSimple(type: SimpleType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "text":
      return ofText(type);
    case "enumeration":
      return fc.constantFrom(...type.values);
    case "boolean":
      return fc.boolean();
    case "presence":
      return fc.constant(true);
    case "int":
      return fc.integer({ min: type.min, max: type.max });
    case "double":
      return fc.double({ min: -type.bound, max: type.bound, noNaN: true }).map((n) => n + 0);
    case "long":
      return fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
    case "date":
      return moment.map((text) => text.slice(0, 10));
    case "dateTime":
      return moment;
  }
}

function ofField(field: Field, version: SchemaVersion): fc.Arbitrary<unknown> {
  const one = ofType(field.type, version).map((value) =>
    field.notBlank && typeof value === "string" && value.trim() === "" ? "placeholder" : value,
  );
  return field.many ? fc.array(one, { minLength: 1, maxLength: 2 }) : one;
}

function ofType(type: AnyType, version: SchemaVersion): fc.Arbitrary<unknown> {
  if (type.kind !== "complex") return ofSimple(type);
  const elements = Object.entries(type.elements).filter(([, field]) => isIn(version, field.since));
  if (type.content === "choice")
    return fc.oneof(...elements.map(([name, field]) => fc.record({ [name]: ofField(field, version) })));
  const fields: [string, Field][] = [...Object.entries(type.attributes), ...elements];
  const made: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, field] of fields) made[name] = ofField(field, version);
  if (isSimpleContent(type.content)) made.value = ofSimple(type.content);
  const required = fields.filter(([, field]) => field.min === 1).map(([name]) => name);
  if (isSimpleContent(type.content)) required.push("value");
  // Most of what may be left out is: a document with everything in it is the samples' business.
  const optional = fields.filter(([, field]) => field.min === 0).map(([name]) => name);
  return fc.subarray(optional).chain((chosen) => {
    const kept = type.name === "report" || chosen.length < 6 ? chosen : chosen.slice(0, 6);
    const entries = [...required, ...kept].flatMap((name) =>
      made[name] ? [[name, made[name]] as const] : [],
    );
    return fc.record(Object.fromEntries(entries)).map((value) => MENDED.get(type)?.(value) ?? value);
  });
}

/** What a type's own rules ask for, mended after the fact. */
const MENDED: ReadonlyMap<ComplexType, (value: Held) => Held> = new Map<ComplexType, (value: Held) => Held>([
  [EMAIL, verified],
  [PHONE, (value) => verified("countryCallingCode" in value ? { ...value, value: "0555 0100" } : value)],
  [TEMPORARILY_DISABLED, ordered],
  [PERMANENTLY_DISABLED, ordered],
  [ESTIMATED_LOCATION, (value) => ({ ...value, countryCode: "US", region: "VA" })],
  [ASSOCIATED_ACCOUNT, (value) => ("approximateAge" in value ? without(value, "dateOfBirth") : value)],
  [
    REPORTER,
    (value) => ({
      ...value,
      reportingPerson: { ...(value.reportingPerson as Held), email: [{ value: "reporter@example.org" }] },
    }),
  ],
  [REPORT, mendReport],
  [
    FILE_DETAILS,
    (value) => {
      const kept = "fileAnnotations" in value ? without(value, "potentialMeme") : value;
      const relevance = kept.fileRelevance === undefined ? {} : { fileRelevance: "Reported" };
      return { ...kept, ...relevance, ...(kept.exifViewedByEsp === true && { fileViewedByEsp: true }) };
    },
  ],
]);

function without(value: Held, name: string): Held {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}
function verified(value: Held): Held {
  return "verificationDate" in value ? { ...value, verified: true } : value;
}
function ordered(value: Held): Held {
  const later = { ...value };
  if ("disabledDate" in later) later.disabledDate = "1989-01-01T00:00:00Z";
  return later;
}

function mendReport(value: Held): Held {
  if ("batchedReport" in value) return batch(value);
  const people = value.personOrUserReported as Held[] | undefined;
  const details = value.internetDetails as Record<string, Held>[] | undefined;
  return {
    ...value,
    ...(people && { personOrUserReported: people.slice(0, 1) }),
    ...(details && {
      internetDetails: details.map((one) =>
        Object.fromEntries(Object.entries(one).map(([kind, held]) => [kind, without(held, "emailAddress")])),
      ),
    }),
  };
}

function batch(value: Held): Held {
  const { incidentSummary, reporter, batchedReport } = value;
  return {
    batchedReport,
    incidentSummary: without(incidentSummary as Held, "escalateToHighPriority"),
    reporter,
    personOrUserReported: [{ espIdentifier: "account-1" }, { espIdentifier: "account-2" }],
  };
}
