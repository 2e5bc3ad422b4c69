"use client";

import { Archive, Download, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { HoldRequest, ReportDetail, ReportHold } from "../../contracts/cybertip.ts";
import { fieldError } from "../api/ApiError.ts";
import { Badge } from "../ui/Badge.tsx";
import { Button, buttonClass } from "../ui/Button.tsx";
import { ChoiceChips } from "../ui/ChoiceChips.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Failed } from "../ui/Failed.tsx";
import { NoteField } from "../ui/NoteField.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Section.tsx";
import { Time } from "../ui/Time.tsx";
import { utcWords } from "../ui/timeWords.ts";
import { HostileText } from "../view/HostileText.tsx";
import { askDestruction, callOffDestruction, confirmDestruction, holdLonger } from "./api.ts";
import { Line } from "./Line.tsx";
import { useReportAct } from "./useReportAct.ts";
import { HOLD_WORDS } from "./words.ts";

type Props = { report: ReportDetail; onChanged: () => void };

/** What must be kept, until when and why; and how law enforcement's request to destroy it is carried out by two. */
export function KeepingPanel({ report, onChanged }: Props) {
  const [holding, setHolding] = useState(false);
  const [asking, setAsking] = useState(false);
  const { busy, error, act } = useReportAct(onChanged);
  const { holds, destructions, may } = report;
  return (
    <>
      <Section title="Holds">
        {holds.length === 0 ? (
          <p className="text-muted">
            None. A filed report is kept for one year with its thread (18 U.S.C. 2258A(h)); nothing of it can
            be deleted until then.
          </p>
        ) : (
          <ul className="grid gap-2">
            {holds.map((hold) => (
              <Hold key={hold.id} hold={hold} />
            ))}
          </ul>
        )}
        {may.hold && (
          <p className="mt-2">
            <Button small onClick={() => setHolding(true)}>
              <Archive aria-hidden className="size-4" />
              Keep it longer
            </Button>
          </p>
        )}
      </Section>
      {(destructions.length > 0 || may.askDestruction) && (
        <Section title="Destruction at the request of law enforcement">
          <ul className="grid gap-2">
            {destructions.map((one) => (
              <li key={one.id} className="border-l-4 border-line pl-3">
                <p>
                  <Badge tone={one.state === "done" ? "danger" : "plain"}>
                    {one.state === "asked" ? "Asked for" : one.state === "done" ? "Destroyed" : "Withdrawn"}
                  </Badge>{" "}
                  {one.askedBy.name}, {utcWords(one.askedAt)}
                  {one.confirmedBy && ` · confirmed by ${one.confirmedBy.name}`}
                  {one.endedAt && ` · ${utcWords(one.endedAt)}`}
                </p>
                <p className="text-muted">Reference {one.reference}</p>
                <HostileText text={one.reason} />
                {one.state === "asked" && (
                  <p className="flex flex-wrap items-center gap-2 text-muted">
                    {one.mine && "Somebody else has to confirm it."}
                    {(may.askDestruction || may.confirmDestruction || one.mine) && (
                      <Button
                        small
                        busy={busy === "call-off"}
                        onClick={() =>
                          void act("call-off", () => callOffDestruction(report.id), "It is not destroyed")
                        }
                      >
                        Call it off
                      </Button>
                    )}
                  </p>
                )}
                {one.state === "done" && (
                  <a
                    href={`/api/cybertips/${report.id}/destruction/proof`}
                    download
                    referrerPolicy="no-referrer"
                    className={buttonClass("secondary", true)}
                  >
                    <Download aria-hidden className="size-4" />
                    The proof
                  </a>
                )}
              </li>
            ))}
          </ul>
          {may.confirmDestruction && (
            <div className="mt-2">
              <Notice
                tone="danger"
                title="Confirm, and everything of this thread is destroyed"
                actions={
                  <Button
                    look="danger"
                    busy={busy === "confirm"}
                    onClick={() =>
                      void act("confirm", () => confirmDestruction(report.id), "Destroyed, with proof")
                    }
                  >
                    <Trash2 aria-hidden className="size-4" />
                    Confirm: destroy it
                  </Button>
                }
              >
                Its keys and its text are deleted and every hold ends. Nobody can bring it back, backups’
                copies included.
              </Notice>
            </div>
          )}
          {may.askDestruction && (
            <p className="mt-2">
              <Button small look="danger" onClick={() => setAsking(true)}>
                Ask for destruction
              </Button>
            </p>
          )}
          {error != null && <Failed error={error} />}
        </Section>
      )}
      <HoldDialog report={report} open={holding} onClose={() => setHolding(false)} onChanged={onChanged} />
      <DestructionDialog
        report={report}
        open={asking}
        onClose={() => setAsking(false)}
        onChanged={onChanged}
      />
    </>
  );
}

function Hold({ hold }: { hold: ReportHold }) {
  return (
    <li className="border-l-4 border-line pl-3">
      <p className="flex flex-wrap items-center gap-2">
        <strong>{HOLD_WORDS[hold.kind]}</strong>
        <Badge tone={hold.live ? "ok" : "plain"}>
          {hold.live ? "Runs" : hold.releasedAt ? "Released" : "Ended"}
        </Badge>
      </p>
      <p>
        {utcWords(hold.from)} to {utcWords(hold.until)}
        {hold.live && (
          <span className="text-muted">
            {" "}
            · ends <Time at={hold.until} />
          </span>
        )}
      </p>
      <p className="text-muted">
        {hold.madeBy ? hold.madeBy.name : "By the filing itself"}, {utcWords(hold.madeAt)}
        {hold.reference && ` · reference ${hold.reference}`}
      </p>
      <HostileText text={hold.reason} />
    </li>
  );
}

type DialogProps = Props & { open: boolean; onClose: () => void };
const KINDS = [
  { value: "extension", label: "By our own decision" },
  { value: "law_enforcement", label: "Asked for by law enforcement" },
] as const;

function HoldDialog({ report, open, onClose, onChanged }: DialogProps) {
  const { busy, error, act } = useReportAct(onChanged);
  const [kind, setKind] = useState<NonNullable<HoldRequest["kind"]>>("extension");
  const [until, setUntil] = useState("");
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body: HoldRequest = {
      kind,
      until: `${until}T00:00:00Z`,
      reason,
      ...(reference.trim() ? { reference: reference.trim() } : {}),
    };
    if (await act("hold", () => holdLonger(report.id, body), "It is kept longer")) onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title="Keep it longer">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <ChoiceChips legend="Why" name="hold-kind" choices={KINDS} value={kind} onChoose={setKind} />
        <label className="grid max-w-xs gap-1">
          <span className="heading">Until (midnight, UTC)</span>
          <input
            type="date"
            required
            className="field"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
            aria-invalid={fieldError(error, "/until") ? true : undefined}
          />
          <span className="text-danger">{fieldError(error, "/until")}</span>
        </label>
        <Line
          label="Reference"
          value={reference}
          onChange={setReference}
          required={kind === "law_enforcement"}
          help="Theirs, where somebody asked."
          error={fieldError(error, "/reference")}
        />
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help="It stands in the register."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "hold"}>
            Keep it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function DestructionDialog({ report, open, onClose, onChanged }: DialogProps) {
  const { busy, error, act } = useReportAct(onChanged);
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const asked = await act(
      "ask",
      () => askDestruction(report.id, { reference, reason }),
      "Asked for: somebody else confirms it",
    );
    if (asked) onClose();
  };
  return (
    <Dialog open={open} onClose={onClose} title="Ask for destruction">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          Only where law enforcement has asked for it (18 U.S.C. 2258B(c)). Another counsel or specialist
          confirms; then the thread is gone for good and every hold on it ends.
        </p>
        <Line
          label="Reference of the request"
          value={reference}
          onChange={setReference}
          required
          help="As law enforcement gave it."
          error={fieldError(error, "/reference")}
        />
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help="It stays on record after everything else is gone."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger" busy={busy === "ask"}>
            Ask for it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
