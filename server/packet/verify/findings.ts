/** What can be wrong with a packet. */
export const FAULTS = {
  // The archive.
  "not-a-zip": "this is no ZIP archive that can be read",
  "still-encrypted": "the file is encrypted to a key: decrypt it first (age -d, gpg -d)",
  "too-many-files": "the archive says that it holds more files than any packet does",
  "unsafe-name": "a file has a name that is not safe to unpack",
  clash: "two files have names that some disks cannot tell apart",
  encrypted: "a file in the archive is encrypted",
  "strange-method": "a file is compressed in a way that packets are not",
  "headers-differ":
    "the two headers of a file in the archive do not agree: unpackers may see different files",
  overlap: "files in the archive lie over one another",
  "hidden-bytes": "the archive holds bytes that belong to no file",
  bomb: "the archive expands beyond all measure; it was not read further",
  "damaged-file": "a file in the archive does not have the size or the checksum that the archive gives it",
  "not-one-folder": "the archive does not hold one folder and nothing else",
  "not-a-file": "there is a link, or something else that is no file",
  // The bag.
  "not-a-bag": "bagit.txt is missing or not to the letter of RFC 8493",
  "missing-tag-file": "a file that every packet has is missing",
  "bad-manifest": "a manifest has a line that is none, or names a file twice",
  "missing-file": "a manifest names a file that is not there",
  "not-in-manifest": "a file is in no manifest: it was added",
  "hash-differs": "a file is not what the manifest says: it was changed",
  "wrong-size": "bag-info.txt does not have the number of files and bytes that there are",
  "bad-bag-info": "bag-info.txt is not to the letter, or not of this packet",
  "fetch-file": "the bag wants files to be fetched from elsewhere, which no packet does",
  "too-large": "a file that is small in every packet is too large to be read",
  // The signature.
  "no-signature": "there is no signature over the tag manifest",
  "bad-signature": "the signature over the tag manifest is not one of this key",
  "bad-note": "the signed note is not one of this key, or not of this packet",
  "certificate-changed": "the certificate is not the one that was signed with the packet",
  "certificate-of-another": "the certificate names another packet's hash, or none",
  // The index and the records.
  "bad-index": "data/index.csv has a line that cannot be read, or not the columns of an index",
  "bates-gap": "the Bates numbers have a gap, a number twice, or are not in order",
  "bates-range": "the Bates numbers are not those that bag-info.txt gives",
  "bad-record": "a line of the records cannot be read",
  "record-differs": "a record is not what the index says of it",
  "record-not-indexed": "a record is not in the index",
  "record-missing": "the index names a record that is not there",
  "path-missing": "the index names a file that is not there",
  "bad-withheld": "data/withheld.csv does not agree with the index, or its numbers have a gap",
  "bad-redactions": "data/redactions.csv does not agree with the index",
  "bad-custody": "data/custody.csv has a line that cannot be read, or its numbers have a gap",
  // RSMF.
  "bad-rsmf": "an RSMF file breaks a rule of its format",
  "rsmf-differs": "an RSMF file does not say what the records say",
  "rsmf-incomplete": "a message of the records is in no RSMF file, or in two",
  // The log.
  "bad-records-list": "data/records-sha512.txt does not list the files that the manifest lists",
  "no-proof": "the proof that the export is in the log is missing or none",
  "log-key": "the checkpoint in the proof is not signed by the log whose key was given",
  "not-witnessed": "the checkpoint carries no cosignature that holds of a witness whose key was given",
  "not-in-log": "the export is not in the log at the place that the proof gives",
  "opening-differs": "what was recorded of the export is not what the log commits to",
  "another-export": "the log's entry is of another packet: it names other records",
} as const;

export type Fault = keyof typeof FAULTS;

export interface Finding {
  readonly fault: Fault;
  /** The file, and the line or the number in it where there is one. */
  readonly where: string;
}

/** Kept of each kind; the rest is counted. */
const KEPT_OF_A_KIND = 20;

/** Gathers findings; the same fault in a million lines is told twenty times. */
export class Findings {
  readonly #kept: Finding[] = [];
  readonly #counts = new Map<Fault, number>();
  count = 0;

  add(fault: Fault, where: string): void {
    // A file is read more than once.
    if (this.#kept.some((one) => one.fault === fault && one.where === where)) return;
    const before = this.#counts.get(fault) ?? 0;
    this.#counts.set(fault, before + 1);
    this.count += 1;
    if (before < KEPT_OF_A_KIND) this.#kept.push({ fault, where });
  }

  has(fault: Fault): boolean {
    return this.#counts.has(fault);
  }

  get kept(): readonly Finding[] {
    return this.#kept;
  }

  get counts(): Readonly<Partial<Record<Fault, number>>> {
    return Object.fromEntries(this.#counts);
  }
}
