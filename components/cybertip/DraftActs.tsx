"use client";

import { Check, Send, Undo2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { ReportDetail } from "../../contracts/cybertip.ts";
import { errorWords } from "../api/ApiError.ts";
import { Button } from "../ui/Button.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Notice } from "../ui/Notice.tsx";
import { counted } from "../words.ts";
import { approveReport, handIn, sendBack } from "./api.ts";
import type { ProblemIndex } from "./form/problems.ts";
import type { DraftHandle } from "./useDraft.ts";
import { useReportAct } from "./useReportAct.ts";

type Props = { report: ReportDetail; handle: DraftHandle; problems: ProblemIndex; onChanged: () => void };

/** What can be done with an open report: settle a conflict, hand it in, approve it, send it back. */
export function DraftActs({ report, handle, problems, onChanged }: Props) {
  const { busy, error, act } = useReportAct(onChanged);
  const { errors } = problems.below("");
  const { phase, saved, meanwhile } = handle;
  const give = async (): Promise<void> => {
    await handle.save(false);
    await handIn(report.id, handle.revisionNow());
  };
  const { digest, revision } = saved;
  return (
    <section aria-label="Next steps" className="grid gap-3 empty:hidden">
      {phase === "conflict" && (
        <Notice
          tone="warn"
          announce="alert"
          title="Somebody else has saved meanwhile"
          actions={
            <>
              <Button
                small
                busy={busy === "theirs"}
                onClick={() => void act("theirs", handle.takeTheirs, "Their words are shown")}
              >
                Read theirs, drop mine
              </Button>
              <Button
                small
                look="danger"
                onClick={() => handle.keepMine(meanwhile?.revision ?? report.revision)}
              >
                Save mine on top
              </Button>
            </>
          }
        >
          Revision {meanwhile?.revision ?? report.revision}
          {meanwhile?.savedBy && `, by ${meanwhile.savedBy.name}`}. Both stay on record, whichever you choose.
        </Notice>
      )}
      {phase === "failed" && (
        <Notice tone="danger" announce="alert" title={errorWords(handle.error).title}>
          {errorWords(handle.error).detail} Your words are on this page until its view ends.
        </Notice>
      )}
      {report.state === "draft" && report.may.write && (
        <div className="panel grid gap-2 px-3 py-2.5">
          <Button
            look="primary"
            busy={busy === "hand-in"}
            disabled={errors > 0 || phase === "conflict" || (saved.revision === 0 && phase === "saved")}
            onClick={() => void act("hand-in", give, "Handed in: another specialist reads and approves it")}
          >
            <Send aria-hidden className="size-4" />
            Hand in for approval
          </Button>
          <p className={errors > 0 ? "text-danger" : "text-muted"}>
            {errors > 0
              ? `It would be refused: ${counted(errors, "error")} to correct first.`
              : "Another specialist reads this very revision and approves it. You cannot approve what you wrote."}
          </p>
        </div>
      )}
      {report.state === "waiting" && report.may.approve && digest !== null && (
        <div className="panel grid gap-2 px-3 py-2.5">
          <p>
            Approve revision <strong>{revision}</strong> as you have read it here
            {report.highPriority && (
              <>
                , and that it is <strong>escalated to high priority</strong>
              </>
            )}
            .
          </p>
          <Button
            look="primary"
            busy={busy === "approve"}
            disabled={phase !== "saved" || errors > 0}
            onClick={() =>
              void act("approve", () => approveReport(report.id, { revision, digest }), "Approved")
            }
          >
            <Check aria-hidden className="size-4" />
            Approve revision {revision}
          </Button>
          <p className="break-all font-mono text-[0.786rem] text-muted">{digest}</p>
        </div>
      )}
      {report.state !== "draft" && report.may.sendBack && (
        <SendBack
          busy={busy === "send-back"}
          onSend={(note) => void act("send-back", () => sendBack(report.id, note), "Sent back")}
        />
      )}
      {error != null && <Failed error={error} />}
    </section>
  );
}

function SendBack({ busy, onSend }: { busy: boolean; onSend: (note: string) => void }) {
  const [note, setNote] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSend(note);
  };
  return (
    <details className="panel px-3 py-2">
      <summary>Send it back</summary>
      <form onSubmit={submit} className="mt-2 grid gap-2">
        <NoteField
          label="What is to be changed"
          value={note}
          onChange={setNote}
          most={2000}
          error={undefined}
          help="It stands in the register: quote nothing of what the report says."
        />
        <div>
          <Button type="submit" busy={busy}>
            <Undo2 aria-hidden className="size-4" />
            Send back
          </Button>
        </div>
      </form>
    </details>
  );
}
