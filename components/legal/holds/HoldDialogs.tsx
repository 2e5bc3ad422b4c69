"use client";

import { type FormEvent, useState } from "react";
import type { HoldRow } from "../../../contracts/legal/holds.ts";
import { HOLD_CLOCKS } from "../../../domain/legal/holdWords.ts";
import { fieldError } from "../../api/ApiError.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { fetchRequests } from "../api.ts";
import { TextField } from "../facts/fields.tsx";
import { WriteDialog } from "../request/WriteDialog.tsx";
import { useRequestAct } from "../useRequestAct.ts";
import { confirmProduction, releaseHold, renewHold, reviewHold } from "./api.ts";

export type HoldDialogName = "renew" | "release" | "review" | "production";
type Props = { hold: HoldRow; open: HoldDialogName | null; onClose: () => void; onChanged: () => void };

/** The dialogs of a hold. */
export function HoldDialogs({ hold, open, onClose, onChanged }: Props) {
  const { show } = useToasts();
  const done = (title: string, run: () => Promise<unknown>) => async (): Promise<void> => {
    try {
      await run();
      show({ id: "hold", title });
    } finally {
      onChanged();
    }
  };
  const confirms = hold.may.confirmRelease;
  return (
    <>
      {open === "renew" && <RenewDialog hold={hold} onClose={onClose} onChanged={onChanged} />}
      {open === "production" && <ProductionDialog hold={hold} onClose={onClose} onChanged={onChanged} />}
      <WriteDialog
        open={open === "release"}
        onClose={onClose}
        title={confirms ? "Confirm the release" : "Release the hold"}
        label="Reason"
        pointer="/reason"
        submit={confirms ? "Release it" : "Ask for its release"}
        danger
        act={(reason) => done(confirms ? "Released" : "Recorded", () => releaseHold(hold.id, reason))()}
      >
        <p>
          What no other hold keeps can then be deleted again
          {hold.erasuresWaiting > 0 && ", and the erasures that wait are carried out by themselves"}. While
          its request is open, another counsel confirms it.
        </p>
      </WriteDialog>
      <WriteDialog
        open={open === "review"}
        onClose={onClose}
        title="The hold is still needed"
        label="Reason"
        pointer="/reason"
        submit="Record it"
        act={(reason) => done("On record", () => reviewHold(hold.id, reason))()}
      >
        <p>It has no end of its own; every 180 days somebody says why it goes on.</p>
      </WriteDialog>
    </>
  );
}

type OneProps = Omit<Props, "open">;

function RenewDialog({ hold, onClose, onChanged }: OneProps) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [reason, setReason] = useState("");
  const [reference, setReference] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = {
      reason,
      expectedUntil: hold.until ?? "",
      ...(reference.trim() ? { reference: reference.trim() } : {}),
    };
    if (await act("renew", () => renewHold(hold.id, body), "Renewed")) onClose();
  };
  const { renewalDays } = HOLD_CLOCKS[hold.kind];
  return (
    <Dialog open onClose={onClose} title="Renew the hold">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          It goes on for {renewalDays} days
          {hold.nextUntil && (
            <>
              , until <strong>{utcWords(hold.nextUntil)}</strong>
            </>
          )}
          .{hold.renewalsLeft === 1 && " It cannot be renewed again after that."}
        </p>
        <TextField
          label="Reference of the renewed request"
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
          help="Who asked for it to go on."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "renew"}>
            Renew it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Which request is the order to produce is found by its number: people read numbers, not ids. */
function ProductionDialog({ hold, onClose, onChanged }: OneProps) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [number, setNumber] = useState("");
  const [reference, setReference] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMissing(false);
    const done = await act(
      "production",
      async () => {
        const { requests } = await fetchRequests({ q: number.trim() }, null);
        const found = requests.find(({ shownNumber }) => shownNumber === number.trim().toUpperCase());
        if (!found) {
          setMissing(true);
          throw new Error("no such request");
        }
        await confirmProduction(hold.id, { requestId: found.id, reference: reference.trim() });
      },
      "It holds as long as the production needs",
    );
    if (done) onClose();
  };
  return (
    <Dialog open onClose={onClose} title="An order to produce was confirmed">
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>
          The authority has confirmed that an EPOC was issued for what is held (Regulation (EU) 2023/1543,
          Art. 11). The hold then lasts as long as that needs.
        </p>
        <TextField
          label="Number of the EPOC in the register"
          required
          most={20}
          value={number}
          onChange={setNumber}
          help="As LR-000012: register the EPOC first."
          error={
            missing
              ? "There is no such request for you. Look at its number."
              : fieldError(error, "/requestId")
          }
        />
        <TextField
          label="Reference of the confirmation"
          required
          most={200}
          value={reference}
          onChange={setReference}
          error={fieldError(error, "/reference")}
        />
        {error != null && !missing && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "production"}>
            Record it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
