import type { FlagInput, Receipt, ResultLine, SummaryLine } from "../intake.ts";

/** What the document shows. Tests send it through intake: an example that is refused would be worse than none. */

export const exampleFlag: FlagInput = {
  id: "flag-20260301-0001",
  source: "user_report",
  category: "harassment",
  severity: "medium",
  raisedAt: "2026-03-01T09:31:12Z",
  reporter: { participantId: "account-17", words: "They go on after I asked them to stop." },
  flaggedMessageIds: ["message-2"],
  thread: {
    id: "thread-881",
    kind: "direct",
    region: "eu",
    participants: [
      {
        id: "account-17",
        handle: "robin@people.example.org",
        displayName: "Robin Example",
        ageBand: "adult",
        accountAgeDays: 812,
        country: "IE",
      },
      { id: "account-42", handle: "kim@people.example.org", ageBand: "unknown", accountAgeDays: 3 },
    ],
    messages: [
      {
        id: "message-1",
        senderId: "account-17",
        sentAt: "2026-03-01T09:28:00Z",
        kind: "text",
        body: "Please stop writing to me.",
      },
      {
        id: "message-2",
        senderId: "account-42",
        sentAt: "2026-03-01T09:30:00Z",
        kind: "media",
        body: "Placeholder message.",
        attachments: [
          {
            mediaType: "image/jpeg",
            sizeBytes: 48213,
            sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            location: "https://cdn.example.org/media/48213",
          },
        ],
      },
    ],
  },
};

export const exampleReceipt: Receipt = {
  id: "flag-20260301-0001",
  flagId: "6f1c2a53-9a1e-8b70-9d5e-0b1f6b7a2c11",
  caseId: "0195f3a0-52c4-7d10-8a3e-9c0d1e2f3a4b",
  joinedCase: false,
  previousCaseId: null,
  newMessages: 2,
  receivedAt: "2026-03-01T09:31:13.204Z",
};

export const exampleAnswer: readonly (ResultLine | SummaryLine)[] = [
  { line: 1, status: 201, receipt: exampleReceipt },
  {
    line: 2,
    status: 422,
    problem: {
      type: "urn:unseal:problem:bad-flag",
      title: "The flag does not fit the contract",
      status: 422,
      code: "bad-flag",
      errors: [{ pointer: "/thread/messages/3/senderId", message: "Is none of /thread/participants." }],
    },
  },
  { summary: { lines: 2, accepted: 1, refused: 1, complete: true } },
];
