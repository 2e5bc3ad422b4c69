"use client";

import { type FormEvent, useState } from "react";
import type { Agency, AgencyNumber } from "../../../contracts/legal/agencies.ts";
import { AGENCY_KINDS, type AgencyKind } from "../../../domain/legal/vocabulary.ts";
import { fieldError } from "../../api/ApiError.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { NoteField } from "../../ui/NoteField.tsx";
import { changeAgency, confirmNumber, enterAgency, enterNumber, retireNumber } from "../api.ts";
import { CheckField, SelectField, TextField } from "../facts/fields.tsx";
import { WriteDialog } from "../request/WriteDialog.tsx";
import { useRequestAct } from "../useRequestAct.ts";
import { AGENCY_KIND_WORDS, countryWords } from "../words.ts";

type Common = { onClose: () => void; onChanged: () => void };

const domainsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .map((one) => one.trim().replace(/^@/, "").toLowerCase())
      .filter(Boolean),
  ),
];

/** Enters an authority, or changes what is known of it. */
export function AgencyDialog({ agency, onClose, onChanged }: Common & { agency: Agency | null }) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [name, setName] = useState(agency?.name ?? "");
  const [country, setCountry] = useState(agency?.country ?? "");
  const [kind, setKind] = useState<AgencyKind>(agency?.kind ?? "police");
  const [domains, setDomains] = useState(agency?.domains.join(", ") ?? "");
  const [source, setSource] = useState("");
  const [retired, setRetired] = useState(false);
  const where = country.trim().toUpperCase();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const facts = { name: name.trim(), kind, domains: domainsIn(domains), source };
    const run = () =>
      agency === null
        ? enterAgency({ ...facts, country: where })
        : changeAgency(agency.id, { ...facts, ...(retired ? { retired: true as const } : {}) });
    if (await act("agency", run, agency === null ? "It is in the directory" : "Changed")) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={agency === null ? "Enter an agency" : "Change an agency"}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <TextField
          label="Name"
          required
          most={200}
          value={name}
          onChange={setName}
          error={fieldError(error, "/name")}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          {agency === null && (
            <TextField
              label="Country"
              required
              most={2}
              value={country}
              onChange={setCountry}
              help={/^[A-Z]{2}$/.test(where) ? countryWords(where) : "Two letters (ISO 3166), or EU."}
              error={fieldError(error, "/country")}
            />
          )}
          <SelectField
            label="Kind"
            value={kind}
            onChange={setKind}
            choices={AGENCY_KINDS.map((one) => [one, AGENCY_KIND_WORDS[one]] as const)}
          />
        </div>
        <TextField
          label="Domains of its email, separated by commas"
          most={2000}
          mono
          value={domains}
          onChange={setDomains}
          help="As police.example.org. A sender below one of them fits as well."
          error={fieldError(error, "/domains") ?? fieldError(error, "/domains/0")}
        />
        <NoteField
          label="Where you found it"
          value={source}
          onChange={setSource}
          most={2000}
          error={fieldError(error, "/source")}
          help="A public register, its own site, a colleague there whom you know; never the letter."
        />
        {agency !== null && (
          <CheckField
            label="Take it out of use"
            help="Requests that name it keep it; new ones cannot."
            checked={retired}
            onChange={setRetired}
          />
        )}
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "agency"}>
            {agency === null ? "Enter it" : "Change it"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Enters a number; somebody else confirms it. */
export function NumberDialog({ agency, onClose, onChanged }: Common & { agency: Agency }) {
  const { busy, error, act } = useRequestAct(onChanged);
  const [number, setNumber] = useState("");
  const [label, setLabel] = useState("");
  const [source, setSource] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const run = () => enterNumber(agency.id, { number: number.trim(), label: label.trim(), source });
    if (await act("number", run, "Entered: another person confirms it")) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`A number of ${agency.name}`}>
      <form onSubmit={(event) => void submit(event)} className="grid gap-3">
        <p>It counts once another counsel has confirmed it by a search of their own.</p>
        <TextField
          label="Number"
          type="tel"
          required
          mono
          most={40}
          value={number}
          onChange={setNumber}
          help="With + and the country’s code, as +1 202 555 0100."
          error={fieldError(error, "/number")}
        />
        <TextField
          label="Whose it is"
          required
          most={120}
          value={label}
          onChange={setLabel}
          help="As: Switchboard."
          error={fieldError(error, "/label")}
        />
        <NoteField
          label="Where you found it"
          value={source}
          onChange={setSource}
          most={2000}
          error={fieldError(error, "/source")}
          help="Never in a request."
        />
        {error != null && <Failed error={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy === "number"}>
            Enter it
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type NumberProps = Common & { number: AgencyNumber };

/** A second person found the number by their own search. */
export function ConfirmNumberDialog({ number, onClose, onChanged }: NumberProps) {
  const { show } = useToasts();
  return (
    <WriteDialog
      open
      onClose={onClose}
      title={`Confirm ${number.number}`}
      label="Where you found it"
      pointer="/source"
      help="By a search of your own; what was written before is no source."
      submit="It is theirs"
      act={async (source) => {
        try {
          await confirmNumber(number.id, { source });
          show({ id: "number", title: "Confirmed: it counts" });
        } finally {
          onChanged();
        }
      }}
    >
      <p>
        {number.enteredBy.name} entered it as “{number.label}”. Search for it yourself, then say where it
        stands.
      </p>
    </WriteDialog>
  );
}

/** A number is not called any more. */
export function RetireNumberDialog({ number, onClose, onChanged }: NumberProps) {
  const { show } = useToasts();
  return (
    <WriteDialog
      open
      onClose={onClose}
      title={`Take ${number.number} out of use`}
      label="Reason"
      pointer="/reason"
      submit="Take it out of use"
      danger
      act={async (reason) => {
        try {
          await retireNumber(number.id, { reason });
          show({ id: "number", title: "Out of use" });
        } finally {
          onChanged();
        }
      }}
    >
      <p>Calls to it count no more for any request that is still to be verified.</p>
    </WriteDialog>
  );
}
