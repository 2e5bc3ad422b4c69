/** What a file is by its first bytes. The name and what the sender says of it decide nothing. */
export interface DetectedType {
  readonly mediaType: string;
  readonly kind:
    | "pdf"
    | "image"
    | "office"
    | "archive"
    | "executable"
    | "markup"
    | "text"
    | "mail"
    | "unknown";
  /** Endings that such a file's name may have. */
  readonly endings: readonly string[];
}

const type = (mediaType: string, kind: DetectedType["kind"], ...endings: string[]): DetectedType => ({
  mediaType,
  kind,
  endings,
});

const SIGNATURES: readonly (readonly [bytes: string, at: number, DetectedType])[] = [
  ["89504e470d0a1a0a", 0, type("image/png", "image", "png")],
  ["ffd8ff", 0, type("image/jpeg", "image", "jpg", "jpeg", "jpe")],
  ["474946383961", 0, type("image/gif", "image", "gif")],
  ["474946383761", 0, type("image/gif", "image", "gif")],
  ["49492a00", 0, type("image/tiff", "image", "tif", "tiff")],
  ["4d4d002a", 0, type("image/tiff", "image", "tif", "tiff")],
  ["57454250", 8, type("image/webp", "image", "webp")],
  ["66747970686569", 4, type("image/heic", "image", "heic", "heif")],
  ["d0cf11e0a1b11ae1", 0, type("application/x-ole-storage", "office", "doc", "xls", "ppt", "msg")],
  ["7b5c727466", 0, type("application/rtf", "office", "rtf", "doc")],
  [
    "4d5a",
    0,
    type("application/vnd.microsoft.portable-executable", "executable", "exe", "dll", "scr", "com"),
  ],
  ["7f454c46", 0, type("application/x-elf", "executable", "", "so", "bin")],
  ["cffaedfe", 0, type("application/x-mach-binary", "executable", "", "dylib")],
  ["cefaedfe", 0, type("application/x-mach-binary", "executable", "", "dylib")],
  ["cafebabe", 0, type("application/java-vm", "executable", "class")],
  ["2321", 0, type("text/x-script", "executable", "sh", "py", "pl", "rb", "")],
  ["4c00000001140200", 0, type("application/x-ms-shortcut", "executable", "lnk")],
  ["1f8b", 0, type("application/gzip", "archive", "gz", "tgz")],
  ["377abcaf271c", 0, type("application/x-7z-compressed", "archive", "7z")],
  ["526172211a07", 0, type("application/vnd.rar", "archive", "rar")],
  ["425a68", 0, type("application/x-bzip2", "archive", "bz2")],
  ["fd377a585a00", 0, type("application/x-xz", "archive", "xz")],
  ["7573746172", 257, type("application/x-tar", "archive", "tar")],
];

const PDF = type("application/pdf", "pdf", "pdf");
const UNKNOWN = type("application/octet-stream", "unknown");

/** @param head the first 8 KiB of a file, or all of it */
export function detectType(head: Buffer): DetectedType {
  // ISO 32000-1, Annex H.3.4.1: readers take the header anywhere in the first 1024 bytes.
  if (head.subarray(0, 1024).includes("%PDF-")) return PDF;
  for (const [bytes, at, found] of SIGNATURES) {
    const signature = Buffer.from(bytes, "hex");
    if (head.subarray(at, at + signature.length).equals(signature)) return found;
  }
  if (head.subarray(0, 4).equals(Buffer.from("504b0304", "hex"))) return zipType(head);
  return textType(head);
}

function zipType(head: Buffer): DetectedType {
  const names = head.toString("latin1");
  if (names.includes("word/")) return type(office("wordprocessingml.document"), "office", "docx", "docm");
  if (names.includes("xl/")) return type(office("spreadsheetml.sheet"), "office", "xlsx", "xlsm");
  if (names.includes("ppt/")) return type(office("presentationml.presentation"), "office", "pptx", "pptm");
  if (names.includes("mimetypeapplication/vnd.oasis.opendocument"))
    return type("application/vnd.oasis.opendocument", "office", "odt", "ods", "odp");
  // An OOXML file may name its parts late; without them it is an archive like any other.
  if (names.includes("[Content_Types].xml"))
    return type(office("package"), "office", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm");
  return type("application/zip", "archive", "zip");
}

const office = (what: string) => `application/vnd.openxmlformats-officedocument.${what}`;

function textType(head: Buffer): DetectedType {
  let text: string;
  try {
    // The last characters may be cut through.
    text = new TextDecoder("utf-8", { fatal: true }).decode(head.subarray(0, lastWhole(head)));
  } catch {
    return UNKNOWN;
  }
  if (text.includes("\0")) return UNKNOWN;
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (/^(?:<!doctype html|<html|<head|<body|<script|<svg)/.test(start))
    return type("text/html", "markup", "html", "htm", "xhtml", "svg");
  if (start.startsWith("<?xml")) return type("application/xml", "markup", "xml", "svg", "xhtml");
  if (
    /^(?:received|return-path|from|to|subject|mime-version|message-id|date|delivered-to|x-[a-z-]+): /.test(
      start,
    )
  )
    return type("message/rfc822", "mail", "eml", "txt");
  return type("text/plain", "text", "txt", "text", "md", "csv", "log", "asc", "json");
}

/** Where the last character begins that is not whole, or the end. */
function lastWhole(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
    if ((byte & 0x80) === 0) return bytes.length;
  }
  return bytes.length;
}
