/** Where everything lies in a packet, below its top folder. Paths are those of the manifests. */
export const LAYOUT = {
  bagit: "bagit.txt",
  bagInfo: "bag-info.txt",
  manifest: "manifest-sha512.txt",
  tagManifest: "tagmanifest-sha512.txt",
  /** Ed25519 over the bytes of the tag manifest, 64 bytes: `openssl pkeyutl -verify -rawin` takes it. In no manifest. */
  signature: "tagmanifest-sha512.txt.sig",
  /**
   * Signed note (C2SP) of the hashes of the tag manifest and the certificate, in the form of `sha512sum`. In no manifest.
   */
  note: "packet-sha512.txt.note",
  /** Names the tag manifest's hash, hence lies in no manifest; the note holds it. */
  certificate: "certificate-902.txt",
  coverLetter: "data/cover-letter.txt",
  index: "data/index.csv",
  accounts: "data/accounts.ndjson",
  withheld: "data/withheld.csv",
  redactions: "data/redactions.csv",
  custody: "data/custody.csv",
  howToVerify: "data/how-to-verify.txt",
  /** SHA-512 of every file below `data/` but itself and those below `data/log/`: what the export event names. */
  records: "data/records-sha512.txt",
  proof: "data/log/export.tlog-proof",
  /** The leaf that the proof proves, byte for byte. */
  leaf: "data/log/export.leaf",
  /** The values that the leaf commits to: `{"v":1,"salt":hex,"detail":text}`. */
  opening: "data/log/export-opening.json",
  native: (conversation: string) => `data/native/${conversation}.ndjson`,
  /** @param day as `2026-05-01` in UTC; the second and further slices of a day carry their number */
  rsmf: (conversation: string, day: string, slice: number) =>
    `data/rsmf/${conversation}-${day}${slice === 1 ? "" : `-${pad(slice, 2)}`}.rsmf`,
  /** The second and further files of a conversation carry their number. */
  transcript: (conversation: string, file: number) =>
    `data/transcripts/${conversation}${file === 1 ? "" : `-${pad(file, 2)}`}.pdf`,
  attachment: (bates: string, mediaType: string) => `data/attachments/${bates}.${extensionOf(mediaType)}`,
} as const;

/** `LR-000012-VOL001` */
export function packetName(requestNumber: number, volume: number): string {
  return `LR-${pad(requestNumber, 6)}-VOL${pad(volume, 3)}`;
}

/** The n-th conversation of a packet, from 1: `c0001`. */
export function conversationName(n: number): string {
  return `c${pad(n, 4)}`;
}

/** The n-th withheld record, from 1: `W-000001`. */
export function withheldNumber(n: number): string {
  return `W-${pad(n, 6)}`;
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, "0");
}

/** Of the media types that messages carry (IANA); whatever else is `bin`, since a guessed name could be run. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/heic": "heic",
  "image/heif": "heif",
  "image/bmp": "bmp",
  "image/tiff": "tif",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "video/quicktime": "mov",
  "video/3gpp": "3gp",
  "video/x-matroska": "mkv",
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/aac": "aac",
  "audio/ogg": "ogg",
  "audio/opus": "opus",
  "audio/wav": "wav",
  "audio/webm": "weba",
  "application/pdf": "pdf",
  "text/plain": "txt",
  "text/csv": "csv",
  "text/vcard": "vcf",
  "text/calendar": "ics",
};

function extensionOf(mediaType: string): string {
  const type = mediaType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return Object.hasOwn(EXTENSIONS, type) ? (EXTENSIONS[type] ?? "bin") : "bin";
}
