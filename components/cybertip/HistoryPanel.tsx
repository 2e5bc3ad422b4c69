"use client";

import { FilePlus2, FileX2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { ReportDetail } from "../../contracts/cybertip.ts";
import { fieldError } from "../api/ApiError.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Section } from "../ui/Section.tsx";
import { SideScroll } from "../ui/SideScroll.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { counted } from "../words.ts";
import { startReport, withdrawReport } from "./api.ts";
import { PriorReports } from "./PriorReports.tsx";
import { useReportAct } from "./useReportAct.ts";
import { historyWords } from "./words.ts";

type Props = { report: ReportDetail; onChanged: () => void };

/** Who did what with the report, each revision, and what else is known of those whom it names. */
export function HistoryPanel({ report, onChanged }: Props) {
  const router = useRouter();
  const { busy, error, act } = useReportAct(onChanged);
  const [withdrawing, setWithdrawing] = useState(false);
  const supplement = (): void =>
    void act(
      "supplement",
      async () => {
        const { reportId } = await startReport(report.case.id, {
          kind: "supplement",
          supplements: report.id,
        });
        router.push(`/cybertips/${reportId}`);
      },
      "A supplement is begun",
    );
  return (
    <>
      {(report.may.supplement || report.may.withdraw) && (
        <Section title="More">
          <div className="flex flex-wrap gap-2">
            {report.may.supplement && (
              <Button small busy={busy === "supplement"} onClick={supplement}>
                <FilePlus2 aria-hidden className="size-4" />
                Start a supplement
              </Button>
            )}
            {report.may.withdraw && (
              <Button small look="danger" onClick={() => setWithdrawing(true)}>
                <FileX2 aria-hidden className="size-4" />
                Withdraw it
              </Button>
            )}
          </div>
          {error != null && <Failed error={error} />}
        </Section>
      )}
      <Section title="What happened">
        <ol className="grid gap-1.5">
          {report.history.map((one) => (
            <li key={`${one.at} ${one.what}`} className="border-l-4 border-line pl-3">
              <p>
                <strong>{historyWords(one)}</strong>{" "}
                <span className="text-muted">
                  {one.by ? one.by.name : "Unseal itself"}, {utcWords(one.at, true)}
                  {one.revision > 0 && `, revision ${one.revision}`}
                </span>
              </p>
              {one.note && <HostileText text={one.note} />}
            </li>
          ))}
        </ol>
      </Section>
      <Section title="Revisions">
        {report.revisions.length === 0 && <p className="text-muted">Nothing has been written yet.</p>}
        {report.revisions.length > 0 && (
          <SideScroll label="Revisions">
            <table className="w-full text-left">
              <thead>
                <tr className="text-muted">
                  {["Revision", "Written by", "When", "Problems", "Files", "Read by"].map((head) => (
                    <th key={head} scope="col" className="py-1 pr-4 font-normal whitespace-nowrap">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {report.revisions.map((one) => (
                  <tr key={one.revision} className="border-t border-line">
                    <th scope="row" className="py-1 pr-4 font-normal whitespace-nowrap">
                      {one.revision}{" "}
                      {one.revision === report.approvedRevision && <Badge tone="ok">Approved</Badge>}
                    </th>
                    <td className="py-1 pr-4">{one.savedBy.name}</td>
                    <td className="py-1 pr-4 whitespace-nowrap">{utcWords(one.savedAt, true)}</td>
                    <td className="py-1 pr-4">
                      {counted(one.errors, "error")}, {counted(one.warnings, "warning")}
                    </td>
                    <td className="py-1 pr-4">
                      {one.filesIncluded} in, {one.filesLeftOut} out
                    </td>
                    <td className="py-1">{one.readBy.map(({ name }) => name).join(", ") || "–"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </SideScroll>
        )}
      </Section>
      <Section title="Other reports that name these participants">
        <PriorReports caseId={report.case.id} />
      </Section>
      <WithdrawDialog
        report={report}
        open={withdrawing}
        onClose={() => setWithdrawing(false)}
        onChanged={onChanged}
      />
    </>
  );
}

function WithdrawDialog({
  report,
  open,
  onClose,
  onChanged,
}: Props & { open: boolean; onClose: () => void }) {
  const { busy, error, act } = useReportAct(onChanged);
  const [reason, setReason] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await act("withdraw", () => withdrawReport(report.id, reason), "Withdrawn")) onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title={`Withdraw report ${report.number}`}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>It will not be filed. What was written stays on record; the case stays restricted.</p>
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help="It stands in the register: quote nothing of what the report says."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger" busy={busy === "withdraw"}>
            Withdraw it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
