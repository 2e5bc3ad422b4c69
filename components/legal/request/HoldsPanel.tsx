"use client";

import { Snowflake } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { MakeHoldRequest } from "../../../contracts/legal/holds.ts";
import type { RequestDetail } from "../../../contracts/legal/requests.ts";
import {
  HOLD_CLOCKS,
  HOLD_KIND_WORDS,
  HOLDS_AND_LOG,
  type LegalHoldKind,
} from "../../../domain/legal/holdWords.ts";
import { fieldError } from "../../api/ApiError.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceChips } from "../../ui/ChoiceChips.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { counted } from "../../words.ts";
import { SelectField, TextField } from "../facts/fields.tsx";
import { makeHold } from "../holds/api.ts";
import { HoldCard } from "../holds/HoldCard.tsx";
import { HoldDetailDialog } from "../holds/HoldDetailDialog.tsx";
import { useRequestHolds } from "../holds/queries.ts";
import { useRequestAct } from "../useRequestAct.ts";
import { fromZoneField, placeOf } from "../zoneWords.ts";

type Props = { request: RequestDetail; onChanged: () => void };

/** What is frozen for the request, until when, and what is not. */
export function HoldsPanel({ request, onChanged }: Props) {
  const query = useRequestHolds(request.id);
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  if (query.isPending) return <Waiting label="Reading the holds" lines={6} />;
  if (!query.data)
    return (
      <div className="p-4">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  const { holds, accountsNotHeld, mayMake } = query.data;
  return (
    <>
      <Section
        title="Holds"
        aside={
          mayMake.length > 0 && (
            <Button small look={holds.length === 0 ? "primary" : "secondary"} onClick={() => setMaking(true)}>
              <Snowflake aria-hidden className="size-4" />
              Freeze its accounts
            </Button>
          )
        }
      >
        <p className="mb-2 text-muted">
          A hold keeps threads, messages, keys and logs of the named accounts as they are, whatever is deleted
          or erased. {HOLDS_AND_LOG}
        </p>
        {accountsNotHeld > 0 && holds.length > 0 && (
          <div className="mb-2">
            <Notice tone="warn" title={`${counted(accountsNotHeld, "account")} not held`}>
              The request names {accountsNotHeld === 1 ? "it" : "them"}, and no hold that runs does: freeze
              again to take {accountsNotHeld === 1 ? "it" : "them"} in.
            </Notice>
          </div>
        )}
        {holds.length === 0 && <p>Nothing is frozen for this request.</p>}
        <div className="grid gap-3">
          {holds.map((hold) => (
            <HoldCard
              key={hold.id}
              hold={hold}
              zone={request.localZone}
              onChanged={onChanged}
              onDetail={() => setShown(hold.id)}
            />
          ))}
        </div>
      </Section>
      {making && (
        <MakeHoldDialog
          request={request}
          kinds={mayMake}
          onClose={() => setMaking(false)}
          onChanged={onChanged}
        />
      )}
      <HoldDetailDialog holdId={shown} onClose={() => setShown(null)} />
    </>
  );
}

type MakeProps = Props & { kinds: readonly LegalHoldKind[]; onClose: () => void };

function clockWords(kind: LegalHoldKind): string {
  const { days, renewalDays, renewals, untilAsked } = HOLD_CLOCKS[kind];
  if (days === null)
    return untilAsked === "required"
      ? "Until the day that you name."
      : untilAsked === "optional"
        ? "Until the day that you name, or until it is released."
        : "Until it is released.";
  const again =
    renewalDays === null
      ? ""
      : renewals === null
        ? `, and ${renewalDays} more as often as you say why`
        : renewals === 1
          ? `, and ${renewalDays} more once`
          : `, and ${renewalDays} more up to ${renewals} times`;
  return `${days} days${again}.`;
}

function MakeHoldDialog({ request, kinds, onClose, onChanged }: MakeProps) {
  const { busy, error, act } = useRequestAct(onChanged);
  const usual: LegalHoldKind =
    request.type === "epoc_pr" ? "epoc_pr" : request.type === "preservation_2703f" ? "2703f" : "production";
  const [kind, setKind] = useState<LegalHoldKind>(
    kinds.includes(usual) ? usual : (kinds[0] as LegalHoldKind),
  );
  const [range, setRange] = useState<"request" | "all">("request");
  const [until, setUntil] = useState("");
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const { untilAsked } = HOLD_CLOCKS[kind];
  const end = fromZoneField(until, request.localZone);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body: MakeHoldRequest = {
      kind,
      range,
      reason,
      ...(untilAsked !== "never" && end ? { until: end } : {}),
      ...(reference.trim() ? { reference: reference.trim() } : {}),
    };
    if (await act("hold", () => makeHold(request.id, body), "Frozen")) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Freeze the accounts of ${request.shownNumber}`}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          It takes effect at once, in one step: what exists now of{" "}
          {counted(request.accountList.length, "account")} cannot be deleted, and what arrives in their
          threads comes under it too. Each thread is hashed as it is.
        </p>
        <SelectField
          label="Kind"
          value={kind}
          onChange={setKind}
          choices={kinds.map((one) => [one, HOLD_KIND_WORDS[one].label] as const)}
          help={`${clockWords(kind)} ${HOLD_KIND_WORDS[kind].law}.`}
          error={fieldError(error, "/kind")}
        />
        <ChoiceChips
          legend="Range"
          name="hold-range"
          choices={[
            { value: "request", label: "As the request asks" },
            { value: "all", label: "Everything of the accounts" },
          ]}
          value={range}
          onChoose={setRange}
        />
        {untilAsked !== "never" && (
          <TextField
            label={`Until (a clock in ${placeOf(request.localZone)})`}
            type="datetime-local"
            required={untilAsked === "required"}
            value={until}
            onChange={setUntil}
            help={end ? utcWords(end) : undefined}
            error={fieldError(error, "/until")}
          />
        )}
        <TextField
          label="Reference"
          most={200}
          value={reference}
          onChange={setReference}
          error={fieldError(error, "/reference")}
        />
        <NoteField
          label="Reason"
          value={reason}
          onChange={setReason}
          most={2000}
          error={fieldError(error, "/reason")}
          help="It stands with the hold."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "hold"}>
            Freeze them
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
