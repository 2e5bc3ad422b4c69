"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import type { AuditExportFormat } from "../../contracts/audit.ts";
import { buttonClass } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/Notice.tsx";
import { exportAddress } from "./api.ts";
import type { KnownFilters } from "./filters.ts";

const FORMATS = [
  { value: "csv", label: "CSV, for spreadsheets" },
  { value: "ndjson", label: "NDJSON, exact" },
] as const;

const SAYS: Record<AuditExportFormat, string> = {
  csv: "One event a row. Whatever a spreadsheet could take for a formula gets an apostrophe in front, so reasons may differ by it from what was typed.",
  ndjson:
    "One event a line, every value exactly as it is logged, with the salt that the commitments of its leaf can be checked by.",
};

type Props = { open: boolean; onClose: () => void; filters: KnownFilters };

/** Taking the log away as a file: what it will hold, and that this is an act of its own. */
export function ExportDialog({ open, onClose, filters }: Props) {
  const [format, setFormat] = useState<AuditExportFormat>("csv");
  const filtered = Object.keys(filters).length > 0;
  return (
    <Dialog open={open} onClose={onClose} title="Export the audit log">
      <div className="grid gap-3">
        <ChoiceChips legend="Format" name="format" choices={FORMATS} value={format} onChoose={setFormat} />
        <p>{SAYS[format]}</p>
        <p className="text-muted">
          {filtered
            ? "The file holds the events that fit the filters, oldest first, however many they are."
            : "No filter is set: the file holds every event that you may read, oldest first."}{" "}
          It holds no content of any thread.
        </p>
        <Notice title="The export is recorded">
          Who exported, in which format and by which filters is in the log before the file begins.
        </Notice>
        <div className="flex justify-end">
          <a
            href={exportAddress(filters, format)}
            download
            referrerPolicy="no-referrer"
            onClick={onClose}
            className={buttonClass("primary")}
          >
            <Download aria-hidden className="size-4" />
            Export
          </a>
        </div>
      </div>
    </Dialog>
  );
}
