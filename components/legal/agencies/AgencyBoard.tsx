"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Building2, Phone, PhoneOff, Plus, RotateCw, SearchX } from "lucide-react";
import { parseAsBoolean, parseAsString, useQueryStates } from "nuqs";
import { useEffect, useId, useState } from "react";
import type { Agency, AgencyNumber } from "../../../contracts/legal/agencies.ts";
import { useCommands } from "../../shell/commands.tsx";
import { useDeskList } from "../../shell/useDeskList.ts";
import { Badge } from "../../ui/Badge.tsx";
import { BlankState } from "../../ui/BlankState.tsx";
import { Button } from "../../ui/Button.tsx";
import { Failed } from "../../ui/Failed.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { utcWords } from "../../ui/timeWords.ts";
import { Waiting } from "../../ui/Waiting.tsx";
import { HostileText } from "../../view/HostileText.tsx";
import { counted } from "../../words.ts";
import { legalKeys } from "../api.ts";
import { useAgencies } from "../queries.ts";
import { Said } from "../Said.tsx";
import { AGENCY_KIND_WORDS, countryWords } from "../words.ts";
import { AgencyDialog, ConfirmNumberDialog, NumberDialog, RetireNumberDialog } from "./AgencyDialogs.tsx";

const ADDRESS = {
  q: parseAsString.withDefault(""),
  country: parseAsString.withDefault(""),
  retired: parseAsBoolean.withDefault(false),
};

type Open =
  | { readonly what: "agency"; readonly agency: Agency | null }
  | { readonly what: "number"; readonly agency: Agency }
  | { readonly what: "confirm" | "retire"; readonly agency: Agency; readonly number: AgencyNumber };

/** Authorities that we know by our own search, and the numbers that may be called to verify a request. */
export function AgencyBoard() {
  const client = useQueryClient();
  const [{ q, country, retired }, setAddress] = useQueryStates(ADDRESS, { history: "push" });
  const filter = {
    ...(q && { q }),
    ...(/^[A-Z]{2}$/.test(country) && { country }),
    ...(retired && { retired: "true" as const }),
  };
  const query = useAgencies(filter);
  const list = useDeskList(() => void query.refetch());
  const [open, setOpen] = useState<Open | null>(null);
  const mayChange = query.data?.mayChange ?? false;
  const agencies = query.data?.agencies ?? [];
  const unconfirmed = agencies.reduce(
    (sum, { numbers }) => sum + numbers.filter(({ mayConfirm }) => mayConfirm).length,
    0,
  );
  useEffect(() => {
    document.title = "Agencies · Unseal";
  }, []);
  const enter = (): void => setOpen({ what: "agency", agency: null });
  useCommands(
    mayChange ? [{ id: "agency-new", group: "Agencies", label: "Enter an agency", run: enter }] : [],
  );
  const close = (): void => setOpen(null);
  const changed = (): void => void client.invalidateQueries({ queryKey: legalKeys.all });
  return (
    <div className="mx-auto w-full max-w-6xl pb-8">
      <PageHead
        title="Agencies"
        actions={
          mayChange && (
            <Button look="primary" onClick={enter}>
              <Plus aria-hidden className="size-4" />
              Enter an agency
            </Button>
          )
        }
      >
        What we found by our own search, never what a letter says of itself. A number counts once a second
        person confirmed it.
        {unconfirmed > 0 && (
          <strong className="text-ink"> {counted(unconfirmed, "number")} can be confirmed by you.</strong>
        )}
      </PageHead>
      <Filters
        key={`${q} ${country}`}
        q={q}
        country={country}
        retired={retired}
        onChange={(change) => void setAddress(change)}
      />
      {query.isPending && <Waiting label="Reading the directory" lines={8} />}
      {query.isError && !query.data && (
        <div className="p-4">
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.data && agencies.length === 0 && (
        <BlankState
          Icon={q || country ? SearchX : Building2}
          title={q || country ? "No agency fits" : "The directory is empty"}
          actions={
            q || country ? (
              <Button onClick={() => void setAddress({ q: "", country: "" })}>
                <RotateCw aria-hidden className="size-4" />
                Clear the filters
              </Button>
            ) : (
              mayChange && (
                <Button look="primary" onClick={enter}>
                  <Plus aria-hidden className="size-4" />
                  Enter an agency
                </Button>
              )
            )
          }
        >
          Look up the authority in a public register or on its own site, not in the letter.
        </BlankState>
      )}
      <ol ref={list} aria-label="Agencies" className="grid gap-3 px-4 empty:hidden">
        {agencies.map((agency) => (
          <li key={agency.id}>
            <AgencyCard agency={agency} mayChange={mayChange} onOpen={setOpen} />
          </li>
        ))}
      </ol>
      {open?.what === "agency" && <AgencyDialog agency={open.agency} onClose={close} onChanged={changed} />}
      {open?.what === "number" && <NumberDialog agency={open.agency} onClose={close} onChanged={changed} />}
      {open?.what === "confirm" && (
        <ConfirmNumberDialog number={open.number} onClose={close} onChanged={changed} />
      )}
      {open?.what === "retire" && (
        <RetireNumberDialog number={open.number} onClose={close} onChanged={changed} />
      )}
    </div>
  );
}

type FilterProps = {
  q: string;
  country: string;
  retired: boolean;
  onChange: (change: { q?: string; country?: string; retired?: boolean }) => void;
};

function Filters({ q, country, retired, onChange }: FilterProps) {
  const id = useId();
  const [text, setText] = useState(q);
  const [where, setWhere] = useState(country);
  const take = (): void => {
    const next = { q: text.trim(), country: where.trim().toUpperCase() };
    if (next.q !== q || next.country !== country) onChange(next);
  };
  return (
    <search aria-label="Filters of the directory" className="px-4 pb-3">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          take();
        }}
      >
        <div className="max-sm:grow">
          <label htmlFor={`${id}-q`} className="heading block">
            Name or domain
          </label>
          <input
            id={`${id}-q`}
            type="search"
            autoComplete="off"
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onBlur={take}
            className="field w-64! max-sm:w-full!"
          />
        </div>
        <div>
          <label htmlFor={`${id}-country`} className="heading block">
            Country
          </label>
          <input
            id={`${id}-country`}
            autoComplete="off"
            maxLength={2}
            placeholder="Any"
            value={where}
            onChange={(event) => setWhere(event.target.value)}
            onBlur={take}
            className="field w-20!"
          />
        </div>
        <label className="inline-flex min-h-[2.15rem] items-center gap-2">
          <input
            type="checkbox"
            checked={retired}
            onChange={(event) => onChange({ retired: event.target.checked })}
            className="size-4"
          />
          Show what is out of use
        </label>
      </form>
    </search>
  );
}

type CardProps = { agency: Agency; mayChange: boolean; onOpen: (open: Open) => void };

function AgencyCard({ agency, mayChange, onOpen }: CardProps) {
  const out = agency.retiredAt !== null;
  return (
    <article className="panel px-4 py-3" aria-label={agency.name}>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2 className="text-base">
          <button
            type="button"
            className="row text-left font-semibold"
            disabled={!mayChange || out}
            onClick={() => onOpen({ what: "agency", agency })}
          >
            <HostileText inline text={agency.name} />
          </button>
        </h2>
        <Badge>{AGENCY_KIND_WORDS[agency.kind]}</Badge>
        <span className="text-muted">{countryWords(agency.country)}</span>
        {out && <Badge tone="warn">Out of use</Badge>}
        <span className="text-muted">· {counted(agency.requests, "request")}</span>
        {mayChange && !out && (
          <span className="ml-auto flex gap-2">
            <Button small look="quiet" onClick={() => onOpen({ what: "agency", agency })}>
              Change
            </Button>
            <Button small onClick={() => onOpen({ what: "number", agency })}>
              <Phone aria-hidden className="size-4" />
              Enter a number
            </Button>
          </span>
        )}
      </div>
      <p className="mt-1">
        <span className="text-muted">Domains: </span>
        {agency.domains.length === 0 ? (
          <span className="text-warn">none recorded; a sender’s address cannot be held against it</span>
        ) : (
          <span className="font-mono">{agency.domains.join(", ")}</span>
        )}
      </p>
      <p className="text-[0.93rem] text-muted">
        Found: <Said text={agency.source} /> · {agency.enteredBy.name}, {utcWords(agency.enteredAt)}
      </p>
      {agency.numbers.length === 0 && (
        <p className="mt-1.5 text-warn">No number to call back: its requests cannot be verified by a call.</p>
      )}
      <ul className="mt-1.5 grid gap-1.5">
        {agency.numbers.map((number) => (
          <NumberLine key={number.id} agency={agency} number={number} mayChange={mayChange} onOpen={onOpen} />
        ))}
      </ul>
    </article>
  );
}

function NumberLine({ agency, number, mayChange, onOpen }: CardProps & { number: AgencyNumber }) {
  const retired = number.retiredAt !== null;
  return (
    <li className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 border-t border-line pt-1.5">
      {retired ? (
        <PhoneOff aria-hidden className="size-4 text-muted" />
      ) : (
        <Phone aria-hidden className="size-4 text-muted" />
      )}
      <strong className="font-mono">{number.number}</strong>
      <span>{number.label}</span>
      <Badge tone={retired ? "plain" : number.counts ? "ok" : "warn"}>
        {retired ? "Out of use" : number.counts ? "Confirmed: counts" : "Waits for a second person"}
      </Badge>
      {mayChange && !retired && (
        <span className="ml-auto flex gap-2">
          {number.mayConfirm && (
            <Button
              small
              look="primary"
              aria-label={`Confirm it: ${number.number}`}
              onClick={() => onOpen({ what: "confirm", agency, number })}
            >
              Confirm it
            </Button>
          )}
          <Button
            small
            look="quiet"
            aria-label={`Out of use: ${number.number}`}
            onClick={() => onOpen({ what: "retire", agency, number })}
          >
            Out of use
          </Button>
        </span>
      )}
      <span className="basis-full text-[0.93rem] text-muted">
        {number.enteredBy.name} found it: <Said text={number.source} />, {utcWords(number.enteredAt)}
        {number.confirmedBy && number.confirmedAt && (
          <>
            {" · "}
            {number.confirmedBy.name} confirmed it: <Said text={number.confirmSource ?? ""} />,{" "}
            {utcWords(number.confirmedAt)}
          </>
        )}
        {number.retiredBy && (
          <>
            {" · "}out of use: <Said text={number.retiredReason ?? ""} />, {number.retiredBy.name}
          </>
        )}
      </span>
    </li>
  );
}
