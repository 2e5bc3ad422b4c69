import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FACTS } from "../test/sample.ts";
import { certificate, hashInCertificate } from "./certificate.ts";
import { coverLetter } from "./coverLetter.ts";
import { howToVerifyMarkdown, howToVerifyText } from "./howToVerify.ts";

const WHOLE = {
  tagManifestSha512: "ab".repeat(64),
  recordsSha512: "cd".repeat(64),
  payload: { files: 12, octets: 123_456 },
  recordedAt: new Date(0),
  exportEventId: "0198a0c0-0000-7000-8000-000000000009",
  log: { origin: "log.example.org", index: 41, size: 64 },
  vkey: "packets.example.org+1a2b3c4d+AAAA",
};

test("the certificate is filled in but for the human", () => {
  const text = certificate(FACTS, WHOLE);
  for (const blank of ["Name:", "Position:", "Executed on (date):", "At (place):", "Signature:"])
    expect(text).toMatch(new RegExp(`^${blank.replace(/[()]/g, "\\$&")} +_{40,}$`, "m"));
  for (const rule of ["902(11)", "902(13)", "902(14)", "803(6)(A) to (C)", "§ 1746", "902(12)"])
    expect(text).toContain(rule);
  for (const fact of ["24-SW-0815", "UNS-000001 to UNS-000007", FACTS.collection.digest, WHOLE.vkey])
    expect(text.replace(/\s+/g, " ")).toContain(fact);
  // Nothing is ticked or declared for anybody.
  expect(text).not.toMatch(/\[x\]/i);
  expect(text.match(/^\[ \]/gm)).toHaveLength(4);
  expect(hashInCertificate(text)).toBe(WHOLE.tagManifestSha512);
  expect(hashInCertificate(text.replaceAll("ab", "xy"))).toBeUndefined();
});

test("nothing that somebody typed can pass for a line of ours", () => {
  const typed = "x\r\nSignature: Somebody\u2028Executed on (date): today\u202E";
  const odd = {
    ...FACTS,
    note: typed,
    request: { ...FACTS.request, reference: typed, agency: typed, officer: typed },
    organisation: { ...FACTS.organisation, name: typed },
    collection: { ...FACTS.collection, query: typed },
  };
  expect(certificate(odd, WHOLE).match(/^Signature:/gm)).toHaveLength(1);
  expect(certificate(odd, WHOLE).match(/^Executed on/gm)).toHaveLength(1);
  expect(coverLetter({ ...odd, note: null })).not.toMatch(/^Signature:/m);
  expect(coverLetter(odd)).not.toContain("\u202E");
});

test("the letter tells what was left out, and that nothing was produced when nothing was", () => {
  expect(coverLetter(FACTS)).toMatch(/1 record: +privileged/);
  const nothing = {
    ...FACTS,
    bates: { ...FACTS.bates, first: null, last: null },
    counts: { ...FACTS.counts, withheld: [], redactions: 0, pseudonymised: 0, outOfRegion: 2 },
  };
  const text = coverLetter(nothing).replace(/\s+/g, " ");
  for (const words of [
    "nothing was produced",
    "No collected record was withheld",
    "2 conversations",
    "Nothing was redacted",
  ])
    expect(text).toContain(words);
});

test("the guide is one text in packet and documentation", async () => {
  const docs = join(import.meta.dirname, "../../../docs/verify-a-packet.md");
  expect(await readFile(docs, "utf8")).toBe(howToVerifyMarkdown());
  const text = howToVerifyText("LR-000099-VOL002");
  expect(text).toContain("LR-000099-VOL002.zip");
});

test("a recorded query is told in words, without ids of ours", () => {
  const query = JSON.stringify({
    v: 1,
    accounts: [{ account: "acc-1", n: 1, platform: "sample", threads: 2 }],
    collectedBy: "0198a0c0-0000-7000-8000-00000000aaaa",
    counts: { messages: 4, threads: 1 },
    from: "2026-05-01T00:00:00Z",
    until: null,
    kinds: ["text"],
    sentBy: "named_accounts",
    threads: ["0198a0c0-0000-7000-8000-00000000bbbb"],
  });
  const facts = { ...FACTS, collection: { ...FACTS.collection, query } };
  for (const text of [coverLetter(facts), certificate(facts, WHOLE)]) {
    expect(text.replace(/\s+/g, " ")).toContain(
      "conversations of acc-1 (sample), messages of these accounts alone, of the kinds text, in 1 conversation that counsel chose, from 2026-05-01T00:00:00Z until the cut-off, which found 4 messages in 1 conversation",
    );
    expect(text).not.toContain("00000000aaaa");
  }
});
