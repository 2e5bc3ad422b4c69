import { enumeration } from "./kinds.ts";

/** What happened. Exactly one for a report; extortion with images is enticement plus an annotation. */
export const INCIDENT_TYPE = enumeration("incidentType", [
  "Child Pornography (possession, manufacture, and distribution)",
  "Child Sex Trafficking",
  "Child Sex Tourism",
  "Child Sexual Molestation",
  "Misleading Domain Name",
  "Misleading Words or Digital Images on the Internet",
  "Online Enticement of Children for Sexual Acts",
  "Unsolicited Obscene Material Sent to a Child",
]);

export const CAPTURE_EVENT = enumeration("ipCaptureType", [
  "Login",
  "Registration",
  "Purchase",
  "Upload",
  "Other",
  "Unknown",
]);

export const ADDRESS_TYPE = enumeration("addressType", [
  "Home",
  "Business",
  "Billing",
  "Shipping",
  "Technical",
]);
export const EMAIL_TYPE = enumeration("emailType", ["Home", "Work", "Business", "Recovery"]);
export const PHONE_TYPE = enumeration("phoneType", [
  "Mobile",
  "Home",
  "Business",
  "Work",
  "Fax",
  "Internet",
  "Recovery",
]);

export const ASSOCIATION = enumeration("associatedAccountType", [
  "Billing",
  "Linked",
  "Business",
  "Creator",
  "Parent/Guardian",
  "Other",
]);

export const FILE_RELEVANCE = enumeration("fileRelevance", ["Reported", "Supplemental Reported"]);

/** The letter is the apparent age, the digit the content. */
export const FILE_CLASSIFICATION = enumeration("fileClassification", ["A1", "A2", "B1", "B2"], {
  A1: "A1: before puberty, sexual act",
  A2: "A2: before puberty, lascivious exhibition",
  B1: "B1: during puberty, sexual act",
  B2: "B2: during puberty, lascivious exhibition",
});

export const METADATA_TYPE = enumeration("metadataTypes", ["EXIF", "HASH"]);

export const BATCH_REASON = enumeration("batchedReportReason", ["VIRAL_POTENTIAL_MEME"], {
  VIRAL_POTENTIAL_MEME: "Shared widely, possibly without ill will",
});
