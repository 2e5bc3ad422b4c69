import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { validateDraft } from "./draft.ts";
import { type KnownAccount, type KnownAttachment, type KnownFacts, prefill } from "./prefill.ts";
import type { TranscriptMessage } from "./transcript/transcript.ts";

const options = {
  reporter: { reportingPerson: { email: [{ value: "reporter@example.org" }] } },
  now: new Date("2026-03-01T00:00:00Z"),
  version: "2025-11",
} as const;

const account = (id: string, more: Partial<KnownAccount> = {}): KnownAccount => ({
  id,
  handle: `handle-${id}`,
  displayName: `Name ${id}`,
  ageBand: "adult",
  accountAgeDays: 3,
  country: "IE",
  priorReports: [],
  reporting: false,
  ...more,
});
const message = (n: number, senderId: string, flagged = false): TranscriptMessage => ({
  id: `m-${n}`,
  senderId,
  sentAt: new Date(Date.UTC(2026, 0, 1, 0, n)),
  kind: "text",
  body: `Placeholder ${n}.`,
  editedAt: null,
  deletedAt: null,
  flagged,
  attachments: [],
});
const attachment = (n: number, more: Partial<KnownAttachment> = {}): KnownAttachment => ({
  attachment: { messageId: `00000000-0000-4000-8000-00000000000${n}`, revision: 1, ordinal: 0 },
  platformMessageId: `m-${n}`,
  senderId: "p-1",
  sentAt: new Date(Date.UTC(2026, 0, 1, 0, n)),
  flagged: false,
  md5: "0".repeat(32),
  sha256: "0".repeat(64),
  perceptualKind: "pdq",
  perceptualHash: "ff",
  ...more,
});
const facts = (more: Partial<KnownFacts> = {}): KnownFacts => {
  const accounts = more.accounts ?? [account("p-1"), account("p-2", { ageBand: "minor", reporting: true })];
  return {
    kind: "report",
    supplements: null,
    thread: {
      id: "t-1",
      product: "Sample Messenger",
      participants: accounts.map(({ id, handle, displayName }) => ({ id, handle, displayName })),
    },
    accounts,
    messages: [message(1, "p-2"), message(2, "p-1", true), message(3, "p-2", true), message(4, "p-1", true)],
    attachments: [],
    hashMatched: false,
    ...more,
  };
};
const errorsOf = async (given: KnownFacts) =>
  validateDraft(await prefill(given), options)
    .filter((one) => one.severity === "error")
    .map((one) => one.pointer);

describe("the draft that a specialist begins with", () => {
  test("says what is known of a text-only case, and leaves the type of the incident open", async () => {
    const { report, files, transcript } = await prefill(facts());
    expect(await errorsOf(facts())).toEqual(["/report/incidentSummary/incidentType"]);
    expect(report.incidentSummary).toMatchObject({
      platform: "Sample Messenger",
      incidentDateTime: "2026-01-01T00:02:00.000Z",
    });
    expect(report.personOrUserReported).toMatchObject([
      {
        espIdentifier: "p-1",
        screenName: "handle-p-1",
        displayName: ["Name p-1"],
        estimatedLocation: { countryCode: "IE" },
        additionalInfo:
          "By what the platform knows, the account is an adult's. It was 3 days old when it was reported to us.",
      },
    ]);
    expect(report.victim).toMatchObject([{ victimPerson: {}, espIdentifier: "p-2" }]);
    expect(report.intendedRecipient).toEqual([]);
    expect(report.internetDetails?.[0]?.chatImIncident?.content).toContain(
      "2026-01-01T00:02:00.000Z [m-2] FLAGGED",
    );
    expect([files, transcript]).toEqual([[], { include: true }]);
  });

  test("reports whoever sent what was flagged, and not who reported it", async () => {
    const { report } = await prefill(
      facts({
        accounts: [account("p-1", { reporting: true }), account("p-2"), account("p-3")],
        messages: [message(1, "p-1", true), message(2, "p-1", true), message(3, "p-3", true)],
      }),
    );
    expect(report.personOrUserReported?.map((one) => one.espIdentifier)).toEqual(["p-3"]);
    expect(report.intendedRecipient?.map((one) => one.espIdentifier)).toEqual(["p-1", "p-2"]);
  });

  test("takes all files with their hashes, and calls those supplemental that nobody flagged", async () => {
    const given = facts({
      attachments: [attachment(2, { flagged: true }), attachment(3)],
      hashMatched: true,
    });
    const { files, report } = await prefill(given);
    expect(await errorsOf(given)).toEqual([]);
    expect(report.incidentSummary?.incidentType).toMatch(/^Child Pornography/);
    expect(files.map((one) => [one.include, one.details.fileRelevance])).toEqual([
      [true, "Reported"],
      [true, "Supplemental Reported"],
    ]);
    expect(files[0]?.details.originalFileHash?.map((one) => one?.hashType)).toEqual(["MD5", "SHA256", "PDQ"]);
    expect(files[0]?.details).not.toHaveProperty("fileViewedByEsp");
  });

  test("of a supplement cites the earlier report, and knows earlier ones of the account", async () => {
    const accounts = [account("p-1", { priorReports: ["11", "12"] }), account("p-2")];
    const { report } = await prefill(facts({ kind: "supplement", supplements: "12", accounts }));
    expect(report.additionalInfo).toBe("This report supplements CyberTipline report 12.");
    expect(report.personOrUserReported?.[0]?.priorCTReports).toEqual(["11", "12"]);
  });

  test("of a batch has one file and everybody who sent it, and says nothing that a batch may not say", async () => {
    const given = facts({
      kind: "batch",
      hashMatched: true,
      attachments: [
        attachment(1, { sha256: "1".repeat(64) }),
        attachment(2, { flagged: true }),
        attachment(3, { senderId: "p-2" }),
      ],
    });
    const { report, files, transcript } = await prefill(given);
    expect(await errorsOf(given)).toEqual([]);
    expect(report.personOrUserReported).toEqual([{ espIdentifier: "p-1" }, { espIdentifier: "p-2" }]);
    expect(files.map((one) => one.attachment.messageId.at(-1))).toEqual(["2"]);
    expect(transcript.include).toBe(false);
  });

  test("says between minors only when both are, by the platform's word", async () => {
    const minors = [account("p-1", { ageBand: "minor" }), account("p-2", { ageBand: "minor" })];
    const { report } = await prefill(facts({ accounts: minors }));
    expect(report.incidentSummary?.reportAnnotations).toEqual({ minorToMinorInteraction: true });
    expect((await prefill(facts())).report.incidentSummary?.reportAnnotations).toBeUndefined();
  });

  test("is never wrong in anything but what is left open, whatever names and texts there are", async () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.option(text), async (handle, name, body, country) => {
        const given = facts({
          accounts: [account("p-1", { handle, displayName: name, country }), account("p-2")],
          messages: [{ ...message(1, "p-1", true), body }],
          attachments: [attachment(1)],
        });
        expect(await errorsOf(given)).toEqual(["/report/incidentSummary/incidentType"]);
      }),
      { numRuns: 300 },
    );
  });
});
