import { FILE_ANNOTATIONS } from "./annotations.ts";
import { DEVICE_ID, IP_CAPTURE_EVENT } from "./captures.ts";
import { FILE_CLASSIFICATION, FILE_RELEVANCE, METADATA_TYPE } from "./enumerations.ts";
import {
  anyNumber,
  BOOLEAN,
  complex,
  DATE_TIME,
  type DraftOf,
  LONG,
  LONG_TEXT,
  maybe,
  one,
  oneOrMore,
  sequence,
  text,
  type ValueOf,
} from "./kinds.ts";

export const HASH = complex("hash", text({ exact: true }), {
  attributes: {
    hashType: one(text({ max: 64, exact: true }), {
      label: "Algorithm",
      help: "Such as MD5, SHA1, SHA256 or PDQ.",
      notBlank: true,
    }),
  },
  elements: {},
});

export const NAME_VALUE = sequence("nameValue", {
  name: one(text({ max: 64 }), { label: "Name", help: "The tag." }),
  value: one(text({ long: true }), { label: "Value", help: "What it says." }),
});

export const DETAILS = complex("details", "sequence", {
  attributes: { type: maybe(METADATA_TYPE, { label: "Kind", help: "What kind of metadata." }) },
  elements: { nameValuePair: oneOrMore(NAME_VALUE, { label: "Entry", help: "One tag and its value." }) },
});

/** What is said of one uploaded file (`POST /fileinfo`), at most once for each. */
export const FILE_DETAILS = sequence("fileDetails", {
  reportId: one(LONG, { label: "Report number", help: "As the service gave it when the report was opened." }),
  fileId: one(text({ format: "token" }), {
    label: "File id",
    help: "As the service gave it when the file was uploaded.",
  }),
  fileName: maybe(text({ max: 2056 }), {
    label: "File name at the service",
    help: "No longer documented; the original name says it.",
    legacy: true,
  }),
  originalFileName: maybe(text({ max: 2056 }), {
    label: "Original name",
    help: "The name under which the user uploaded it.",
  }),
  uploadedToEspTimestamp: maybe(DATE_TIME, {
    label: "Uploaded at",
    help: "When the user uploaded it to us, with time zone.",
    past: true,
  }),
  locationOfFile: maybe(text({ max: 2083, format: "url" }), {
    label: "Where it was",
    help: "Web address at which it was found.",
  }),
  fileViewedByEsp: maybe(BOOLEAN, {
    label: "Viewed by us",
    help: "Whether a member of our staff has opened the whole file. It comes from the audit log and cannot be typed.",
  }),
  exifViewedByEsp: maybe(BOOLEAN, {
    label: "Its metadata viewed by us",
    help: "Whether a member of our staff has seen its EXIF data. It comes from the audit log and cannot be typed.",
  }),
  publiclyAvailable: maybe(BOOLEAN, {
    label: "Publicly available",
    help: "Whether the whole file was open to everybody.",
  }),
  fileRelevance: maybe(FILE_RELEVANCE, {
    label: "Relevance",
    help: "Reported: the file itself is reported. Supplemental: it explains the report, like a transcript.",
  }),
  potentialMeme: maybe(BOOLEAN, {
    label: "Possibly a meme (old field)",
    help: "No longer documented; the annotation of the same name says it.",
    exclusive: "meme",
    legacy: true,
  }),
  fileAnnotations: maybe(FILE_ANNOTATIONS, {
    label: "Annotations",
    help: "Tick what applies.",
    exclusive: "meme",
  }),
  industryClassification: maybe(FILE_CLASSIFICATION, {
    label: "Industry classification",
    help: "Only for companies that take part in the industry's hash sharing.",
  }),
  originalFileHash: anyNumber(HASH, {
    label: "Hash when uploaded",
    help: "Of the file as the user uploaded it, before anything of ours changed it.",
  }),
  ipCaptureEvent: maybe(IP_CAPTURE_EVENT, {
    label: "IP address",
    help: "From which it was uploaded, and when.",
  }),
  deviceId: anyNumber(DEVICE_ID, { label: "Device", help: "From which it was uploaded." }),
  details: anyNumber(DETAILS, { label: "Metadata", help: "Names and values, such as EXIF." }),
  additionalInfo: anyNumber(LONG_TEXT, {
    label: "Further information",
    help: "Whatever else is known of the file and has no field of its own.",
  }),
});

/** Details as they are sent. */
export type FileDetails = ValueOf<typeof FILE_DETAILS>;
/** Details while somebody is still writing them. */
export type FileDetailsDraft = DraftOf<FileDetails>;
