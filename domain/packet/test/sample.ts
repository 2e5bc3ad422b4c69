import type {
  AccountRecord,
  PacketAttachment,
  PacketConversation,
  PacketFacts,
  PacketMessage,
  PacketRevision,
} from "../model.ts";

/** A small packet for tests: harmless, synthetic, and with every oddity that a packet must survive. */

const AT = Date.UTC(2026, 4, 1, 10, 0, 0);
export const at = (seconds: number) => new Date(AT + seconds * 1000);

export const FACTS: PacketFacts = {
  packet: "LR-000012-VOL001",
  volume: 1,
  productionId: "0198a0c0-0000-7000-8000-000000000001",
  request: {
    number: "LR-000012",
    reference: "24-SW-0815",
    type: "Search warrant",
    jurisdiction: "US",
    agency: "Example County Sheriff",
    officer: "Officer Example",
    issuedAt: at(-900_000),
    receivedAt: at(-800_000),
  },
  asked: {
    categories: ["subscriber", "traffic", "content"],
    allowed: ["subscriber", "identification", "traffic", "content"],
    from: at(-86_400),
    until: at(86_400 * 3),
    accounts: ["acc-1"],
  },
  collection: {
    id: "0198a0c0-0000-7000-8000-000000000002",
    digest: "ab".repeat(32),
    cutOff: at(86_400 * 4),
    query: "threads of acc-1 on sample, 2026-04-30 to 2026-05-04, everybody's messages",
  },
  organisation: {
    name: "Example Platform Ltd",
    address: "1 Example Street, Dublin",
    contactName: "Legal Response",
    contactEmail: "legal@example.org",
    contactPhone: null,
  },
  products: ["Sample Messenger"],
  tool: { name: "Unseal", version: "0.1.0" },
  orderedAt: at(86_400 * 5),
  people: {
    collectedBy: { label: "Legal counsel 1", role: "legal counsel" },
    redactedBy: [{ label: "Legal counsel 1", role: "legal counsel" }],
    approvedBy: { label: "Legal counsel 2", role: "legal counsel" },
    orderedBy: { label: "Legal counsel 1", role: "legal counsel" },
  },
  bates: { prefix: "UNS", first: "UNS-000001", last: "UNS-000007" },
  counts: {
    conversations: 1,
    messages: 4,
    deletedMessages: 1,
    editedMessages: 1,
    attachments: 1,
    attachmentsNotAvailable: 1,
    accounts: 1,
    redactions: 1,
    pseudonymised: 1,
    withheld: [
      { kind: "privileged", records: 1 },
      { kind: "not_available", records: 1 },
    ],
    outOfRegion: 0,
  },
  note: null,
};

export const CONVERSATION: PacketConversation = {
  id: "c0001",
  threadId: "t-1",
  platform: "Sample Messenger",
  kind: "direct",
  participants: [
    {
      id: "A1",
      label: "acc-1",
      named: true,
      target: true,
      accountId: "acc-1",
      handle: "=first",
      displayName: "שם 😀 First",
    },
    {
      id: "P1",
      label: "Participant 1",
      named: false,
      target: false,
      accountId: null,
      handle: null,
      displayName: null,
    },
  ],
};

export function revision(text: string | null, more: Partial<PacketRevision> = {}): PacketRevision {
  return {
    revision: 1,
    editedAt: null,
    deletedAt: null,
    receivedAt: at(60),
    body: text === null ? null : { text, marks: [] },
    ...more,
  };
}

export function message(n: number, more: Partial<PacketMessage> = {}): PacketMessage {
  return {
    bates: `UNS-${String(n).padStart(6, "0")}`,
    conversation: "c0001",
    messageId: `m-${n}`,
    category: "content",
    kind: "text",
    sender: n % 2 ? "A1" : "P1",
    sentAt: at(n),
    revisions: [revision(`Placeholder ${n}.`)],
    attachments: [],
    redactions: [],
    ...more,
  };
}

export const ATTACHMENTS: readonly PacketAttachment[] = [
  {
    bates: "UNS-000005",
    withheld: null,
    status: "produced",
    why: "",
    revision: 1,
    mediaType: "image/png",
    path: "data/attachments/UNS-000005.png",
    size: 10,
    sha256: "cd".repeat(32),
    recorded: { size: 10, sha256: "cd".repeat(32), md5: null },
  },
  {
    bates: "UNS-000006",
    withheld: "W-000002",
    status: "not_available",
    why: "not available: gone from the platform",
    revision: 1,
    mediaType: "image/png",
    path: null,
    size: null,
    sha256: null,
    recorded: { size: 11, sha256: null, md5: null },
  },
];

const LABEL = "[REDACTED: privileged]";
/** In order: an account, then messages and their files. */
export const ACCOUNT: AccountRecord = {
  bates: "UNS-000001",
  accountId: "acc-1",
  platform: "Sample Messenger",
  category: "subscriber",
  asOf: at(0),
  fields: [
    { name: "handle", value: "=first" },
    { name: "country", value: "IE" },
    { name: "account age in days", value: 400 },
  ],
};
export const MESSAGES: readonly PacketMessage[] = [
  message(2, { revisions: [revision('=1+1 \u202Eodd\ud800\n,"quoted"')] }),
  message(3, {
    revisions: [
      revision("Before."),
      revision(`After ${LABEL}.`, {
        revision: 2,
        editedAt: at(30),
        body: {
          text: `After ${LABEL}.`,
          marks: [{ start: 6, end: 6 + LABEL.length, id: "R1", reason: "privileged" }],
        },
      }),
    ],
    redactions: [
      {
        id: "UNS-000003/R1",
        bates: "UNS-000003",
        field: "body",
        reason: "privileged",
        by: "hand",
        rule: null,
        length: 5,
        sha256After: "ef".repeat(32),
      },
    ],
  }),
  message(4, { kind: "media", attachments: ATTACHMENTS, revisions: [revision(null)] }),
  message(7, { revisions: [revision(null, { deletedAt: at(90) })], sentAt: at(86_400) }),
];

export async function joined(pieces: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}

/** A list in batches of some size. */
export function* batches<T>(list: Iterable<T>, size = 2): Generator<readonly T[], void, void> {
  let batch: T[] = [];
  for (const one of list) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
