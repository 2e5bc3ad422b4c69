import type { Denial } from "../denials.ts";

/** Why building, releasing and delivering packets is refused; spoken by db/sql/functions/97_legal_*.sql. */
export const PRODUCTION_DENIALS = {
  "collection-not-handed-in": {
    status: 409,
    title: "The review of this collection is not handed in",
    detail: "Hand it in first: a packet is built from what was decided, and nothing is decided after that.",
  },
  "production-under-way": {
    status: 409,
    title: "A packet of this collection is under way",
    detail: "Have it released or sent back, or discard it, before another volume is built.",
  },
  "too-many-volumes": {
    status: 409,
    title: "This request has as many volumes as it can have",
    detail: "Register what is still asked for as a request of its own.",
  },
  "production-over": {
    status: 409,
    title: "This packet is not being built any more",
    detail:
      "It was released, sent back or discarded. Look at it again; build another volume if one is needed.",
  },
  "request-withdrawn": {
    status: 409,
    title: "The request was withdrawn or rejected",
    detail: "Nothing is built, released or delivered for it any more.",
  },
  "collection-reopened": {
    status: 409,
    title: "The review was opened again",
    detail:
      "What was built of it does not show what is decided now. Hand it in again and build another volume.",
  },
  "hold-released": {
    status: 409,
    title: "What was collected is not held any more",
    detail: "A packet is built from what cannot change. Make a hold and collect again.",
  },
  "region-lost": {
    status: 409,
    title: "Whoever asked for the packet may not have this data any more",
    detail: "Their regions or role have changed. Another counsel of these regions can ask for it.",
  },
  "packet-not-built": {
    status: 409,
    title: "The packet is not built",
    detail: "Wait until it is, or look why it stands still.",
  },
  "packet-not-released": {
    status: 409,
    title: "The packet is not released",
    detail: "A second counsel compares it with what was asked and releases it; only then it leaves.",
  },
  "packet-changed": {
    status: 409,
    title: "This is not the packet that you compared",
    detail: "Compare what was asked with what is in it again, then release that.",
  },
  "compare-first": {
    status: 409,
    title: "You have not compared it",
    detail: "Look at what was asked beside what is in the packet first. That you did is on record.",
  },
  "own-packet": {
    status: 403,
    title: "You had a hand in this packet",
    detail: "Whoever collected, reviewed or asked for it does not release it. Ask another counsel.",
  },
  "one-way-for-both": {
    status: 422,
    title: "Link and code would go the same way",
    detail: "Choose another way for the code: who reads one mailbox must not have both.",
  },
  "delivery-over": {
    status: 409,
    title: "This delivery is over",
    detail: "It has expired or was recalled. Make another one if the packet is still to be fetched.",
  },
  "delivery-fetched": {
    status: 409,
    title: "The packet was fetched already",
    detail:
      "What was fetched cannot be taken back. Tell the recipient what is wrong and ask for its deletion in writing.",
  },
  "delivery-refused": {
    status: 403,
    title: "Link and code do not open anything",
    detail:
      "Check that the link is whole and the code is the newest. After five wrong codes, or once the time is over, ask whoever sent it for another.",
  },
  "bad-range": {
    status: 416,
    title: "The file has no such place",
    detail: "Ask from a place within its length, or from the beginning.",
  },
  "fetch-first": {
    status: 409,
    title: "The packet was not fetched yet",
    detail: "Fetch it, look at it, and then confirm that you have it.",
  },
  "acknowledged-already": {
    status: 409,
    title: "It was confirmed already",
    detail: "Nothing more is needed. The first confirmation is the one that stands.",
  },
} as const satisfies Record<string, Denial>;

/** Spoken by the server before the database is asked. */
export const DELIVERY_APPLICATION_DENIALS = {
  "recipient-key": {
    status: 422,
    title: "This is no key that a packet can be encrypted to",
    detail:
      "Paste the recipient's public key: one that begins with age1, or an armored OpenPGP public key that has not expired. Never a secret key.",
  },
} as const satisfies Record<string, Denial>;
