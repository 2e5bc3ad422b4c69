import { LAYOUT } from "../layout.ts";
import { paragraph } from "./lines.ts";

/** A section of the guide: what is to be read, and what is to be typed. */
export interface GuideSection {
  readonly title: string;
  readonly parts: readonly GuidePart[];
}
export type GuidePart = { readonly text: string } | { readonly commands: readonly string[] };

/**
 * How a packet is verified, with other people's tools and with ours. One text for the packet (`data/how-to-verify.txt`), the
 * documentation (`docs/verify-a-packet.md`) and the page.
 *
 * @param packet its name; in general words when none is given
 */
export function verifyGuide(packet = "LR-000012-VOL001"): readonly GuideSection[] {
  return [
    {
      title: "What you need",
      parts: [
        {
          text: "The packet's public key (a line such as packets.example.org+1a2b3c4d+AbC…), from the organisation that sent the packet, by another way than the packet came: its website, or a telephone number that you looked up yourself. Whoever forges a packet can forge a key in it, so none is in it. For the last step, the public key of its log, by the same way.",
        },
        {
          text: `A file that ends in .age or .gpg is encrypted to your key. Decrypt it first: age -d -i YOUR-KEY -o ${packet}.zip ${packet}.zip.age, or gpg -o ${packet}.zip -d ${packet}.zip.gpg.`,
        },
        {
          text: "sha512sum, openssl (3.0 or newer), unzip and jq, which every Linux distribution carries. On macOS say shasum -a 512 for sha512sum. Nothing here needs a network or the sender.",
        },
      ],
    },
    {
      title: "All at once",
      parts: [
        {
          commands: [`unseal packet verify ${packet}.zip --vkey "$KEY" --log-vkey "$LOGKEY"`],
        },
        {
          text: "This makes every check below and says what does not hold. It ends with exit code 0 when everything does, and 1 when anything does not. Everything that follows is the same by hand.",
        },
      ],
    },
    {
      title: "1. Unpack",
      parts: [
        { commands: [`unzip -q ${packet}.zip`, `cd ${packet}`] },
        { text: `One folder, named like the packet. It is a bag (BagIt 1.0, RFC 8493).` },
      ],
    },
    {
      title: "2. Every file is as it was",
      parts: [
        {
          commands: [
            `sha512sum --quiet -c ${LAYOUT.tagManifest}`,
            `sha512sum --quiet -c ${LAYOUT.manifest}`,
            `find data -type f | wc -l; wc -l < ${LAYOUT.manifest}`,
          ],
        },
        {
          text: "The first two say nothing when all is well. The last two numbers are the same: no file was added. Any BagIt tool says so too, such as the Library of Congress's:",
        },
        { commands: ["bagit.py --validate ."] },
      ],
    },
    {
      title: "3. The sender signed it",
      parts: [
        {
          text: "Turn the key into a form that openssl reads: its last part is base64 of one byte and the 32 bytes of an Ed25519 key.",
        },
        {
          commands: [
            `KEY='packets.example.org+1a2b3c4d+AbC…'`,
            `{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; printf %s "$KEY" | cut -d+ -f3- | base64 -d | tail -c 32; } > key.der`,
            "openssl pkey -pubin -inform DER -in key.der -out key.pem",
            `openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in ${LAYOUT.tagManifest} -sigfile ${LAYOUT.signature}`,
          ],
        },
        {
          text: `“Signature Verified Successfully” means that whoever holds the key signed ${LAYOUT.tagManifest}, which fixes every other file by its hash. The certificate names that hash and hence lies outside; a second signature covers it:`,
        },
        {
          commands: [
            `head -n 2 ${LAYOUT.note} > note.txt; sha512sum -c note.txt`,
            `tail -n 1 ${LAYOUT.note} | cut -d' ' -f3 | base64 -d | tail -c 64 > note.sig`,
            "openssl pkeyutl -verify -rawin -pubin -inkey key.pem -in note.txt -sigfile note.sig",
          ],
        },
        {
          text: "A certificate that somebody filled in and signed by hand is another document. It must name the same hash:",
        },
        { commands: [`sha512sum ${LAYOUT.tagManifest}`] },
      ],
    },
    {
      title: "4. Numbers, index and records belong together",
      parts: [
        {
          text: `${LAYOUT.index} has a row for each Bates number, without a gap. Its SHA256 and SIZE are those of the file in NATIVE_PATH; for messages and accounts, of the one line of that file, with its line feed:`,
        },
        {
          commands: [
            `sed 1d ${LAYOUT.index} | cut -d'"' -f2 | sort -c -u -V && echo in order`,
            `sed -n '2p;$p' ${LAYOUT.index} | cut -d'"' -f2; sed 1d ${LAYOUT.index} | wc -l`,
            `grep -h '"bates":"UNS-000123","conversation"' data/native/*.ndjson | sha256sum`,
            `grep '^"UNS-000123"' ${LAYOUT.index}`,
          ],
        },
        {
          text: "A file that was not available any more has a number, the status not_available and no file. What was withheld has a number of its own (W-…) in data/withheld.csv. Spreadsheet programs may take a cell for a formula: where one could, an apostrophe stands before it in the CSV files, and never in data/native.",
        },
      ],
    },
    {
      title: "5. It is in the sender's log",
      parts: [
        {
          text: `The sender's audit log is a Merkle tree (RFC 6962) under signed checkpoints. ${LAYOUT.proof} (c2sp.org/tlog-proof) proves that the entry ${LAYOUT.leaf} stands in it: that this packet was put together then cannot be denied or made up later. Any tool for that format takes it; so does`,
        },
        { commands: [`unseal log verify ${LAYOUT.proof} --vkey "$LOGKEY"`] },
        {
          text: "The entry holds no names, only a salted hash of what was recorded. Its opening lies beside it; the hash of both parts is the entry's detailCommitment, and what was recorded names the SHA-512 of the list of records:",
        },
        {
          commands: [
            `{ jq -j .salt ${LAYOUT.opening} | xxd -r -p; jq -j .detail ${LAYOUT.opening}; } | sha256sum`,
            `grep -o '"detailCommitment":"[0-9a-f]*"' ${LAYOUT.leaf}`,
            `jq -r '.detail | fromjson | .recordsSha512' ${LAYOUT.opening}; sha512sum ${LAYOUT.records}`,
            `sha512sum --quiet -c ${LAYOUT.records}`,
          ],
        },
      ],
    },
    {
      title: "What this shows, and what it does not",
      parts: [
        {
          text: "It shows that the packet is the one that the holder of the key put together, that nothing in it was changed, added or taken away since, and that it was on record in the log at that place. It does not show that a message was written by the person whose account it is, that the platform's own clocks were right, or that nothing else exists: the cover letter and data/withheld.csv say what was left out, and the certificate is for a person to sign.",
        },
        {
          text: "If anything does not hold, keep the packet as it is, do not use it, and ask the sender by a telephone number that you looked up yourself.",
        },
      ],
    },
  ];
}

/** The guide as it lies in a packet. */
export function howToVerifyText(packet: string): string {
  const sections = verifyGuide(packet).map(
    ({ title, parts }) => `\n${title}\n${"-".repeat(title.length)}\n${parts.map(textPart).join("")}`,
  );
  return `How to verify ${packet}\n${"=".repeat(14 + packet.length)}\n${sections.join("")}`;
}

function textPart(part: GuidePart): string {
  if ("text" in part) return `\n${paragraph(part.text)}`;
  return `\n${part.commands.map((command) => `    ${command}\n`).join("")}`;
}

/** The guide as documentation. */
export function howToVerifyMarkdown(): string {
  const sections = verifyGuide().map(({ title, parts }) => {
    const body = parts.map((part) =>
      "text" in part ? `${part.text}\n` : `\`\`\`sh\n${part.commands.join("\n")}\n\`\`\`\n`,
    );
    return `## ${title}\n\n${body.join("\n")}`;
  });
  return `# How to verify a packet\n\nThe same text lies in every packet as \`${LAYOUT.howToVerify}\`. It is written by \`domain/packet/papers/howToVerify.ts\`.\n\n${sections.join("\n")}`;
}
