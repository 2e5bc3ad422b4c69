import { LAYOUT } from "../layout.ts";
import type { PacketFacts } from "../model.ts";
import { count, facts, heading, moment, oneLine, paragraph } from "./lines.ts";
import { queryWords } from "./queryWords.ts";

/** What is known once the packet is whole. */
export interface CertificateFacts {
  /** SHA-512 of the tag manifest, in hexadecimal. */
  readonly tagManifestSha512: string;
  /** SHA-512 of `data/records-sha512.txt`, which the export event names. */
  readonly recordsSha512: string;
  /** Files below `data/`, and their bytes. */
  readonly payload: { readonly files: number; readonly octets: number };
  /** When the export was recorded in the log. */
  readonly recordedAt: Date;
  readonly exportEventId: string;
  readonly log: { readonly origin: string; readonly index: number; readonly size: number };
  /** Public half of the key that signed the packet. */
  readonly vkey: string;
}

const LINE = "_".repeat(44);

/**
 * The certificate of authenticity, filled in but for the human who makes it: name, position, what they know, date and signature
 * stay empty, and software signs for nobody. It states facts that would do if they were given as testimony, not conclusions
 * (Fed. R. Evid. 902(11), 902(13), 902(14); 28 U.S.C. § 1746).
 */
export function certificate(given: PacketFacts, whole: CertificateFacts): string {
  const { request, collection, counts, organisation, bates, people, tool } = given;
  const fact = (n: number, text: string) => `\n${paragraph(text, "    ", `${n}.`.padEnd(4))}`;
  const name = oneLine(organisation.name);
  const range = bates.first && bates.last ? `numbered ${bates.first} to ${bates.last}` : "without any record";
  return [
    "CERTIFICATE OF A CUSTODIAN OR OTHER QUALIFIED PERSON\n",
    paragraph(
      "Federal Rules of Evidence 902(11), 902(13) and 902(14); form of an unsworn declaration under 28 U.S.C. § 1746",
    ),
    paragraph(
      "THIS IS A FORM. It has no effect until a person who can testify to it has read it, corrected what is not so, filled in what is empty, and signed it by hand. It was prepared by software, which signs for nobody. A custodian outside the United States may need the form of Rule 902(12) or 18 U.S.C. § 3505 instead, and other courts have forms of their own: counsel decides.",
    ),
    heading("Matter"),
    facts([
      ["Process", `${request.type} (${request.jurisdiction})`],
      ["Reference", request.reference],
      ["Issued by", request.agency],
      ["Our number", request.number],
      ["Packet", given.packet],
    ]),
    heading("Declarant"),
    `Name:                   ${LINE}\n`,
    `Position:               ${LINE}\n`,
    paragraph(organisation.name, " ".repeat(24), "Employer:".padEnd(24)),
    `Since:                  ${LINE}\n`,
    `How I know of this:     ${LINE}\n`,
    `                        ${LINE}\n`,
    heading("The records"),
    fact(
      1,
      `The packet ${given.packet} holds records of ${name}, ${range}: ${count(counts.accounts, "account record")}, ${count(counts.messages, "message")} in ${count(counts.conversations, "conversation")}, and ${count(counts.attachments, "file")} that messages carried.`,
    ),
    fact(
      2,
      `Messages were written by people who use ${given.products.map(oneLine).join(", ")}. The platform sends a conversation to the system ${oneLine(tool.name)} by an authenticated connection when something in it is flagged. The system stores each message as it was sent, with the time that the platform gives, encrypted, and keeps each later wording beside the earlier ones. It records its own acts in an append-only log at the time they happen.`,
    ),
    fact(
      3,
      `The clocks are those of the platform for the times at which messages were sent, edited and deleted, and that of the database server for all other times. All times are in UTC.`,
    ),
    `\n[ ] ${paragraph(
      "The records were made at or near the time of what they record by, or from information transmitted by, a person with knowledge or an automated process of the platform; they are kept in the course of a regularly conducted activity of the employer named above; and making them is a regular practice of that activity. (Rule 803(6)(A) to (C))",
      "    ",
      "    ",
    ).trimStart()}`,
    heading("How the copies were made"),
    fact(
      4,
      `On record as collection ${collection.id}: ${queryWords(collection.query)}. The query is stored with SHA-256 ${collection.digest}. It takes nothing that reached the system after ${moment(collection.cutOff)}. It was made by ${oneLine(people.collectedBy.label)}.`,
    ),
    fact(
      5,
      `${oneLine(tool.name)} ${oneLine(tool.version)} copied the records into the packet without a person's hand in between (production ${given.productionId}, ordered ${moment(given.orderedAt)}). It computed the SHA-512 of each file while it wrote it. Files that messages carried were fetched from the platform and compared with the size and hash that were recorded when they were reported; a file that did not agree is not in the packet.`,
    ),
    fact(
      6,
      counts.redactions + counts.pseudonymised > 0
        ? `Before the files were written ${count(counts.redactions, "stretch", "stretches")} of text ${counts.redactions === 1 ? "was" : "were"} replaced by [REDACTED: reason], and ${count(counts.pseudonymised, "person", "people")} not named by the process by Participant and a number. ${LAYOUT.redactions} lists the replacements. Decisions by hand were made by ${people.redactedBy.map(({ label }) => oneLine(label)).join(", ") || "nobody"}.`
        : "Nothing was redacted.",
    ),
    fact(
      7,
      `${count(
        counts.withheld.reduce((sum, { records }) => sum + records, 0),
        "collected record",
      )} ${counts.withheld.reduce((sum, { records }) => sum + records, 0) === 1 ? "is" : "are"} not produced. ${LAYOUT.withheld} names each of them with the reason.`,
    ),
    heading("Digital identification"),
    fact(
      8,
      `The packet has ${count(whole.payload.files, "file")} of content with ${whole.payload.octets.toLocaleString("en-US")} bytes in all. ${LAYOUT.manifest} gives the SHA-512 of each; ${LAYOUT.tagManifest} gives the SHA-512 of ${LAYOUT.manifest}. The SHA-512 of ${LAYOUT.tagManifest} is`,
    ),
    `\n    ${whole.tagManifestSha512.slice(0, 64)}\n    ${whole.tagManifestSha512.slice(64)}\n`,
    fact(
      9,
      `That the records were put together was recorded ${moment(whole.recordedAt)} as event ${whole.exportEventId}, entry ${whole.log.index} of the log ${oneLine(whole.log.origin)} (${count(whole.log.size, "entry", "entries")} when it was proved). The event names the SHA-512 of ${LAYOUT.records}:`,
    ),
    `\n    ${whole.recordsSha512.slice(0, 64)}\n    ${whole.recordsSha512.slice(64)}\n`,
    fact(10, `The packet is signed (Ed25519) with the key`),
    `\n    ${oneLine(whole.vkey)}\n`,
    `\n[ ] ${paragraph(
      "On the date below I computed the SHA-512 of the files of the packet anew, by the command and with the result written here, and each was the same as in the manifest:",
      "    ",
      "    ",
    ).trimStart()}`,
    `    ${LINE}\n    ${LINE}\n`,
    heading("Declaration"),
    `\n[ ] ${paragraph(
      "If executed within the United States: I declare under penalty of perjury that the foregoing is true and correct.",
      "    ",
      "    ",
    ).trimStart()}`,
    `\n[ ] ${paragraph(
      "If executed outside the United States: I declare under penalty of perjury under the laws of the United States of America that the foregoing is true and correct.",
      "    ",
      "    ",
    ).trimStart()}`,
    `\nExecuted on (date):     ${LINE}\n`,
    `At (place):             ${LINE}\n`,
    `Signature:              ${LINE}\n`,
  ].join("");
}

/** The hash of the tag manifest that a certificate names, in lower case; undefined when it names none. */
export function hashInCertificate(text: string): string | undefined {
  const found = /SHA-512\s+of\s+tagmanifest-sha512\.txt\s+is\s+([0-9a-f]{64})\s+([0-9a-f]{64})\s/.exec(text);
  return found ? `${found[1]}${found[2]}` : undefined;
}
