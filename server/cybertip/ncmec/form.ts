import { randomBytes } from "node:crypto";

/** A `multipart/form-data` body (RFC 7578), made while it is sent. */
export interface Form {
  readonly contentType: string;
  /** Null when the file's size is not known before. */
  readonly length: number | null;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface FormFile {
  readonly field: string;
  readonly name: string;
  readonly size: number | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A form of short fields and perhaps one file, the file last. */
export function form(fields: Readonly<Record<string, string>>, file: FormFile | null): Form {
  const boundary = `----unseal${randomBytes(18).toString("hex")}`;
  const head = Buffer.from(
    Object.entries(fields)
      .map(
        ([name, value]) =>
          `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`,
      )
      .join("") +
      (file
        ? `--${boundary}\r\ncontent-disposition: form-data; name="${quoted(file.field)}"; filename="${quoted(file.name)}"\r\n` +
          "content-type: application/octet-stream\r\n\r\n"
        : ""),
  );
  const tail = Buffer.from(`${file ? "\r\n" : ""}--${boundary}--\r\n`);
  const size = file ? file.size : 0;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: size === null ? null : head.length + size + tail.length,
    body: (async function* () {
      yield head;
      if (file) yield* file.bytes;
      yield tail;
    })(),
  };
}

/** As browsers write a name: line breaks and quotes as percent codes (WHATWG HTML, multipart/form-data). */
function quoted(name: string): string {
  return name
    .toWellFormed()
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A")
    .replaceAll('"', "%22")
    .replace(/\p{Cc}/gu, "_");
}
