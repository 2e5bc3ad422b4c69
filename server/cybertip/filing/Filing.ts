import type { StuckCode } from "../../../domain/cybertip/filing/stuck.ts";
import type { FileDetails } from "../../../domain/cybertip/model/fileDetails.ts";
import type { Report } from "../../../domain/cybertip/model/report.ts";
import type { SchemaVersion } from "../../../domain/cybertip/model/versions.ts";

/** A report put together to be sent: content, opened. It is held for as long as it is filed, and written nowhere. */
export interface Filing {
  readonly report: Report;
  readonly version: SchemaVersion;
  readonly files: readonly FilingFile[];
}

/** One file of it. */
export interface FilingFile {
  /** Its number in the report, from 1; attachments as the draft counts them, transcripts behind them. */
  readonly no: number;
  readonly kind: "attachment" | "transcript";
  readonly fileName: string;
  /** Bytes; null when not known before. */
  readonly size: number | null;
  /** What is said of it, once the service has given its ids. */
  details(ids: { readonly reportId: string; readonly fileId: string }): FileDetails;
  /**
   * Its bytes, as they come. An attachment is fetched from its platform and held against what intake recorded; the last
   * piece is given only when all of it agrees.
   *
   * @throws an error whose `code` is one of `FAILURE_CAUSES`, while they are read
   */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Puts the report together that an attempt is about. Committed as read before it is read. */
export type Assemble = (lease: { readonly attemptId: string; readonly token: string }) => Promise<Filing>;

/** The report cannot be put together from what was approved: a person must act. */
export class NotAssembled extends Error {
  override readonly name = "NotAssembled";
  /** The file at which it fails; null for the report itself. */
  readonly fileNo: number | null;
  readonly code: StuckCode;
  constructor(fileNo: number | null, code: StuckCode = "not-assembled") {
    super("The report could not be put together from what was approved.");
    this.fileNo = fileNo;
    this.code = code;
  }
}
