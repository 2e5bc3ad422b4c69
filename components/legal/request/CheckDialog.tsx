"use client";

import { type FormEvent, useState } from "react";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import type { CheckRequest, Verification } from "../../../contracts/legal/verification.ts";
import { CHECK_OUTCOMES, type CheckKind, type CheckOutcome } from "../../../domain/legal/vocabulary.ts";
import { fieldError } from "../../api/ApiError.ts";
import { serverNow } from "../../api/serverClock.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { recordCheck } from "../api.ts";
import { SelectField, TextField } from "../facts/fields.tsx";
import { useRequestAct } from "../useRequestAct.ts";
import { CHECK_KIND_WORDS, CHECK_OUTCOME_WORDS } from "../words.ts";
import { fromZoneField, placeOf, toZoneField } from "../zoneWords.ts";

type Props = {
  request: RequestDetail;
  verification: Verification;
  kind: CheckKind;
  /** The number that was called, where one was chosen. */
  numberId: string | null;
  onClose: () => void;
  onChanged: () => void;
};

const HELP: Record<CheckKind, string> = {
  domain: "What you make of the domain as the server found it.",
  call_back: "Whom you asked for, how you were put through, and what they said of the request.",
  document: "Seal, signature, names, dates: what fits and what does not.",
  portal: "Which portal or register, and what it shows of this request.",
  second_person: "What you looked at yourself. Others’ checks are no reason.",
};

/** Records one check of the requester, and what came of it. */
export function CheckDialog({ request, verification, kind, numberId, onClose, onChanged }: Props) {
  const { busy, error, act } = useRequestAct(onChanged);
  const usable = verification.numbers.filter((one) => one.usable);
  const [outcome, setOutcome] = useState<CheckOutcome | null>(null);
  const [number, setNumber] = useState(numberId ?? usable[0]?.id ?? "");
  const [spokeWith, setSpokeWith] = useState("");
  const [calledAt, setCalledAt] = useState(() =>
    toZoneField(new Date(serverNow()).toISOString(), request.localZone),
  );
  const [documentN, setDocumentN] = useState(String(request.documents[0]?.n ?? ""));
  const [note, setNote] = useState("");
  const called = fromZoneField(calledAt, request.localZone);

  const bodyOf = (chosen: CheckOutcome): CheckRequest => {
    switch (kind) {
      case "call_back":
        return {
          kind,
          outcome: chosen,
          numberId: number,
          calledAt: called ?? "",
          note,
          ...(spokeWith.trim() ? { spokeWith: spokeWith.trim() } : {}),
        };
      case "document":
        return { kind, outcome: chosen, documentN: Number(documentN), note };
      default:
        return { kind, outcome: chosen, note };
    }
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (outcome && (await act("check", () => recordCheck(request.id, bodyOf(outcome)), "On record")))
      onClose();
  };
  const without =
    kind === "call_back" && usable.length === 0
      ? "There is no number that counts. Enter one under Agencies, and have another person confirm it."
      : kind === "document" && request.documents.length === 0
        ? "No document is attached yet."
        : null;
  return (
    <Dialog open onClose={onClose} title={`${CHECK_KIND_WORDS[kind].name}: ${request.shownNumber}`}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p className="text-muted">{CHECK_KIND_WORDS[kind].does}</p>
        {without && <p className="text-warn">{without}</p>}
        {kind === "call_back" && usable.length > 0 && (
          <>
            <SelectField
              label="Number of the directory that was called"
              value={number}
              onChange={setNumber}
              choices={usable.map((one) => [one.id, `${one.number} · ${one.label}`] as const)}
              error={fieldError(error, "/numberId")}
            />
            <TextField
              label={`Called at (a clock in ${placeOf(request.localZone)})`}
              type="datetime-local"
              required
              value={calledAt}
              onChange={setCalledAt}
              help={called ? utcWords(called) : undefined}
              error={fieldError(error, "/calledAt")}
            />
            <TextField
              label="Spoke with"
              required={outcome === "passed"}
              most={200}
              value={spokeWith}
              onChange={setSpokeWith}
              help="Their name, as they gave it."
              error={fieldError(error, "/spokeWith")}
            />
          </>
        )}
        {kind === "document" && request.documents.length > 0 && (
          <SelectField
            label="Document"
            value={documentN}
            onChange={setDocumentN}
            choices={request.documents.map((one) => [String(one.n), `${one.n} · ${one.name}`] as const)}
            error={fieldError(error, "/documentN")}
          />
        )}
        <ChoiceChips
          legend="What came of it"
          name="outcome"
          choices={CHECK_OUTCOMES.map((value) => ({ value, label: CHECK_OUTCOME_WORDS[value].name }))}
          value={outcome}
          onChoose={setOutcome}
        />
        <NoteField
          label="Note"
          value={note}
          onChange={setNote}
          most={4000}
          error={fieldError(error, "/note")}
          help={HELP[kind]}
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={busy === "check"}
            disabled={outcome === null || without !== null}
          >
            Record it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
