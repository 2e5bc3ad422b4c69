import type { ReportFile } from "../../contracts/cybertip.ts";
import type { AttachmentRef, DraftFile } from "../../domain/cybertip/draft.ts";
import type { Path } from "../../domain/cybertip/pointer.ts";
import { utcWords } from "../ui/timeWords.ts";

/** The attachment of the thread that a file of the draft stands for. */
export function fileOf(files: readonly ReportFile[], attachment: AttachmentRef): ReportFile | undefined {
  return files.find(
    (one) =>
      one.messageId === attachment.messageId &&
      one.revision === attachment.revision &&
      one.ordinal === attachment.ordinal,
  );
}

/** What stands in place of the fields that nobody types: NCMEC's ids, and what the log says of viewings (promise 7). */
export function derivedWords(files: readonly ReportFile[], drafts: readonly DraftFile[]) {
  return (name: string, path: Path): string | null => {
    const [top, index, part] = path;
    if (top !== "files" || typeof index !== "number" || part !== "details" || path.length !== 4) return null;
    if (name === "reportId" || name === "fileId") return "Given by NCMEC when it is filed";
    if (name === "exifViewedByEsp") return "No: metadata of files is not shown here";
    if (name !== "fileViewedByEsp") return null;
    const attachment = drafts[index]?.attachment;
    const viewing = attachment && fileOf(files, attachment)?.viewings[0];
    return viewing
      ? `Yes: ${viewing.by.name} had it shown whole, ${utcWords(viewing.shownAt)}, view ${viewing.viewId}`
      : "No: the log has nobody of ours who had the whole of it shown";
  };
}
