"use client";

import { useQuery } from "@tanstack/react-query";
import { FileWarning } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { CaseDetail } from "../../contracts/triage.ts";
import { useSignedIn } from "../shell/me.tsx";
import { Button } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { FoldingSection } from "../ui/FoldingSection.tsx";
import { Notice } from "../ui/Notice.tsx";
import { fetchRegister, reportKeys, startReport } from "./api.ts";
import { PriorReports } from "./PriorReports.tsx";
import { ReportMarks } from "./RegisterRow.tsx";
import { mayReport, maySeeCyberTips } from "./rights.ts";
import { nameOf } from "./words.ts";

/** The case's CyberTip reports, and how one is started. Nothing for those who may not know of them. */
export function CaseReport({ detail }: { detail: CaseDetail }) {
  const me = useSignedIn();
  const [starting, setStarting] = useState(false);
  const caseId = detail.case.id;
  const may = maySeeCyberTips(me);
  const { data } = useQuery({
    queryKey: reportKeys.list({ case: caseId }),
    queryFn: ({ signal }) => fetchRegister({ case: caseId }, null, { background: true, signal }),
    enabled: may,
  });
  if (!may) return null;
  const reports = data?.reports ?? [];
  return (
    <FoldingSection title="Reports to NCMEC">
      <div className="grid gap-2">
        {reports.map((report) => (
          <p key={report.id} className="flex flex-wrap items-center gap-2">
            <Link href={`/cybertips/${report.id}`} prefetch={false} className="underline">
              {nameOf(report)}
            </Link>
            <ReportMarks report={report} />
          </p>
        ))}
        {mayReport(me) && (
          <p>
            <Button small onClick={() => setStarting(true)}>
              <FileWarning aria-hidden className="size-4" />
              Report to NCMEC
            </Button>
          </p>
        )}
        {detail.case.restrictedSubject === "child_safety" && <PriorReports caseId={caseId} />}
      </div>
      <StartReport detail={detail} open={starting} onClose={() => setStarting(false)} />
    </FoldingSection>
  );
}

const KINDS = [
  { value: "report", label: "One incident" },
  { value: "batch", label: "One shared file, several accounts" },
] as const;

type Props = { detail: CaseDetail; open: boolean; onClose: () => void };

/** Starting a report restricts its case: said before it is done. */
function StartReport({ detail, open, onClose }: Props) {
  const router = useRouter();
  const [kind, setKind] = useState<"report" | "batch">("report");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { reportId } = await startReport(detail.case.id, { kind });
      router.push(`/cybertips/${reportId}`);
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  };
  return (
    <Dialog open={open} onClose={onClose} title={`Report case ${detail.case.number} to NCMEC`}>
      <div className="grid gap-3">
        <ChoiceChips legend="About" name="kind" choices={KINDS} value={kind} onChoose={setKind} />
        <p className="text-muted">
          {kind === "report"
            ? "What happened, in words alone or with files. One person is reported."
            : "A file that goes round, possibly without ill will, and the accounts that shared it. Exactly one file, and little else."}
        </p>
        {detail.case.restrictedSubject !== "child_safety" && (
          <Notice title="The case becomes restricted">
            From now on only staff with the clearance for child safety see it. It leaves everybody else’s
            lists and counts, and what they have open of it is sealed.
          </Notice>
        )}
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={() => void start()}>
            Start the report
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
