import type { PacketFacts, PacketPerson, WithheldKind } from "../model.ts";
import { count, facts, heading, moment, oneLine, paragraph } from "./lines.ts";
import { queryWords } from "./queryWords.ts";

const WITHHELD_WORDS: Readonly<Record<WithheldKind, string>> = {
  privileged: "privileged",
  out_of_scope: "outside what the process covers",
  other: "for another reason",
  not_available: "not available to us any more",
};

/** What was produced, what was not and why. It says what is on record and claims nothing. */
export function coverLetter(given: PacketFacts): string {
  const { request, asked, collection, counts, organisation, bates, people } = given;
  return [
    `${oneLine(organisation.name)}\n`,
    organisation.address ? paragraph(organisation.address) : "",
    [organisation.contactName, organisation.contactEmail, organisation.contactPhone]
      .flatMap((line) => (line ? [`${oneLine(line)}\n`] : []))
      .join(""),
    `\nTo: ${oneLine(request.officer)}\n    ${oneLine(request.agency)}\n`,
    heading(`Records produced: ${given.packet}`),
    facts([
      ["Your reference", request.reference],
      ["Our number", request.number],
      ["Kind of process", `${request.type} (${request.jurisdiction})`],
      ["Issued", request.issuedAt && moment(request.issuedAt)],
      ["Received", moment(request.receivedAt)],
      ["Volume", String(given.volume)],
      ["Numbered", bates.first && bates.last ? `${bates.first} to ${bates.last}` : "nothing was produced"],
    ]),
    heading("What was asked for"),
    facts([
      ["Accounts", asked.accounts.join(", ")],
      ["Categories", asked.categories.join(", ")],
      ["From", asked.from ? moment(asked.from) : "no beginning was given"],
      ["Until (not included)", asked.until ? moment(asked.until) : "no end was given"],
    ]),
    heading("What is in this packet"),
    facts([
      ["Categories", asked.allowed.join(", ") || "none"],
      ["Products", given.products.join(", ")],
      ["Account records", String(counts.accounts)],
      ["Conversations", String(counts.conversations)],
      ["Messages", messagesText(counts)],
      ["Files", filesText(counts)],
      ["Collected", `what had reached us by ${moment(collection.cutOff)} (collection ${collection.id})`],
      ["Query", queryWords(collection.query)],
    ]),
    paragraph(
      "All times are in UTC. The records of evidence are the files in data/native and data/attachments; the transcripts and the RSMF files are made from them so that they can be read and loaded. data/index.csv names every numbered record with its SHA-256.",
    ),
    heading("What is not in it"),
    counts.withheld.every(({ records }) => records === 0)
      ? "No collected record was withheld.\n"
      : withheldText(counts),
    counts.outOfRegion > 0
      ? paragraph(
          `${count(counts.outOfRegion, "conversation")} of the accounts lie in regions whose data the counsel in charge may not handle. They were not looked at.`,
        )
      : "",
    paragraph(redactionText(counts)),
    given.note ? heading("Note") + paragraphs(given.note) : "",
    heading("Who handled it"),
    facts([
      ["Collected by", person(people.collectedBy)],
      ["Redacted by", people.redactedBy.map(person).join("; ") || "nobody: nothing was redacted by hand"],
      ["Approved by", people.approvedBy && person(people.approvedBy)],
      ["Packet ordered by", `${person(people.orderedBy)}, ${moment(given.orderedAt)}`],
      ["Made with", `${given.tool.name} ${given.tool.version}`],
    ]),
    "\ndata/custody.csv is the custody record up to here, derived from our audit log.\n",
    "data/how-to-verify.txt says how to check all of this without us.\n",
  ].join("");
}

function withheldText({ withheld }: PacketFacts["counts"]): string {
  const lines = withheld
    .filter(({ records }) => records > 0)
    .map(({ kind, records }) => [count(records, "record"), WITHHELD_WORDS[kind]] as const);
  return `${facts(lines)}data/withheld.csv names each of them with the reason.\n`;
}

function messagesText(counts: PacketFacts["counts"]): string {
  const parts = [
    ...(counts.deletedMessages > 0 ? [`${counts.deletedMessages} of them deleted by their sender`] : []),
    ...(counts.editedMessages > 0 ? [`${counts.editedMessages} of them edited, each wording included`] : []),
  ];
  return [counts.messages.toLocaleString("en-US"), ...parts].join(", ");
}

function filesText({ attachments, attachmentsNotAvailable }: PacketFacts["counts"]): string {
  const gone =
    attachmentsNotAvailable > 0
      ? `, and ${attachmentsNotAvailable} more that were not available (numbered, without a file)`
      : "";
  return `${attachments}${gone}`;
}

function redactionText({ redactions, pseudonymised }: PacketFacts["counts"]): string {
  const who =
    pseudonymised > 0
      ? `${count(pseudonymised, "person", "people")} whom the process does not name ${pseudonymised === 1 ? "is" : "are"} called Participant and a number, the same in every file of this packet; their names and ids were taken out. `
      : "";
  const what =
    redactions > 0
      ? `${count(redactions, "redaction")} ${redactions === 1 ? "stands" : "stand"} in the records as [REDACTED: reason]. data/redactions.csv lists them. The words are not in this packet in any form.`
      : "Nothing was redacted.";
  return who + what;
}

function person({ label, role }: PacketPerson): string {
  return role === "" ? label : `${label} (${role})`;
}

function paragraphs(text: string): string {
  return text
    .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
    .filter((line) => line.trim() !== "")
    .map((line) => paragraph(line))
    .join("");
}
