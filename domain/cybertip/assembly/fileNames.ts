/** Endings by media type, for the kinds that people send. Anything else is `.bin`: a name is no promise. */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
  ["image/heic", "heic"],
  ["image/avif", "avif"],
  ["video/mp4", "mp4"],
  ["video/quicktime", "mov"],
  ["video/webm", "webm"],
  ["audio/mpeg", "mp3"],
  ["audio/mp4", "m4a"],
  ["audio/ogg", "ogg"],
  ["application/pdf", "pdf"],
  ["text/plain", "txt"],
]);

/** The name under which an attachment is filed: its number, and an ending of ours, so that nothing anybody wrote is in it. */
export function attachmentName(no: number, mediaType: string): string {
  const plain = mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
  return `attachment-${no}.${ENDINGS.get(plain) ?? "bin"}`;
}

/** The name of a thread's transcript. What of the thread's id could mean something to a file system becomes `_`. */
export function transcriptName(platformThreadId: string, ending: "csv" | "txt"): string {
  const id = platformThreadId
    .replaceAll(/[^A-Za-z0-9._-]/g, "_")
    .replace(/^\.+/, "_")
    .slice(0, 100);
  return `transcript-${id}.${ending}`;
}
