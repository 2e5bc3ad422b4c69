/** How far a production (one volume of a packet) has come. */
export const PRODUCTION_STATES = [
  /** Worked on by the background job, or waiting for it. */
  "building",
  /** A person must look: `stuckCode` says why. Trying again goes on where it stopped. */
  "stuck",
  /** Whole, signed, and waiting for a second counsel. */
  "built",
  "released",
  /** A second counsel sent it back. It stays as it is; another volume takes its place. */
  "sent_back",
  /** Ended before release: its pieces are gone, its numbers are never used again. */
  "discarded",
] as const;
export type ProductionState = (typeof PRODUCTION_STATES)[number];

/** What a file of the bag is. */
export const PART_KINDS = [
  "accounts",
  "native",
  "rsmf",
  "transcript",
  "attachments",
  "index",
  "withheld",
  "redactions",
  "custody",
  "letter",
  "guide",
  "hashes",
  "proof",
  "leaf",
  "bag",
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** Why a build stands still. */
export const PRODUCTION_STUCK = {
  "disk-full":
    "The database has no room for the packet. Make room, then try again: it goes on where it stopped.",
  "verification-lapsed":
    "The checks of the requester have lapsed since the packet was asked for. Verify them again, then try again.",
  "name-survives":
    "A name that was to be replaced would have stood in a file. Nothing was written. Discard the packet, add a rule that covers it, and build again.",
  "sealed-damaged":
    "Something sealed does not open where it stands. Nothing was left out silently: see the runbook, then try again.",
  "signing-key": "The packet's signing key cannot be read. Correct UNSEAL_PACKET_KEY_FILE, then try again.",
  "log-unsigned":
    "The log's proof of the export did not come: the log is not being signed. See the runbook of the log, then try again.",
  "inputs-changed":
    "What is collected does not agree any more with what was counted. Discard the packet and build again.",
  failed: "The build failed several times in one place. See the worker's log, then try again.",
} as const;
export type ProductionStuckCode = keyof typeof PRODUCTION_STUCK;

/** Why a build or a packet was ended. */
export const DISCARD_CODES = [
  "by-counsel",
  "request-withdrawn",
  "request-not-approved",
  "collection-reopened",
  "hold-released",
  "region-lost",
] as const;
export type DiscardCode = (typeof DISCARD_CODES)[number];

/** How far a delivery has come. */
export const DELIVERY_STATES = [
  "waiting",
  /** Somebody began to fetch it with link and code. */
  "fetched",
  "acknowledged",
  "recalled",
  "expired",
  /** Too many wrong codes. A new code opens it again. */
  "locked",
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** By which way the link, or the code, reaches the recipient. Never both by one. */
export const DELIVERY_CHANNELS = ["email", "portal", "phone", "post", "in_person", "fax"] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** To which key a packet is encrypted while it is fetched. */
export const ENCRYPTIONS = ["none", "age", "openpgp"] as const;
export type Encryption = (typeof ENCRYPTIONS)[number];
