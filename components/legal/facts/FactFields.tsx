"use client";

import { type ReactNode, useId } from "react";
import type { Agency } from "../../../contracts/legal/agencies.ts";
import { defaultNoticePolicy } from "../../../domain/legal/notice/templates.ts";
import { TYPE_RULES } from "../../../domain/legal/requestTypes.ts";
import {
  CHANNELS,
  DATA_CATEGORIES,
  type DataCategory,
  ISSUERS,
  NOTICE_POLICIES,
  REQUEST_TYPES,
} from "../../../domain/legal/vocabulary.ts";
import { fieldError } from "../../api/ApiError.ts";
import { utcWords } from "../../ui/timeWords.ts";
import {
  CATEGORY_WORDS,
  CHANNEL_WORDS,
  countryWords,
  ISSUER_WORDS,
  NOTICE_POLICY_WORDS,
  TYPE_NAMES,
} from "../words.ts";
import { placeOf } from "../zoneWords.ts";
import { type FactsDraft, instantOf, inZone } from "./draft.ts";
import { CheckField, SelectField, TextField } from "./fields.tsx";
import { OFFERED_COUNTRIES, offeredZones, zoneOf } from "./places.ts";

type Props = {
  draft: FactsDraft;
  onChange: (change: Partial<FactsDraft>) => void;
  error: unknown;
  agencies: readonly Agency[];
};

/** A titled part of a form. */
export function Part({ title, says, children }: { title: string; says?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="panel grid gap-3 px-4 py-3">
      <div>
        <h2 id={id} className="text-base">
          {title}
        </h2>
        {says && <p className="text-muted">{says}</p>}
      </div>
      {children}
    </section>
  );
}

const two = "grid gap-3 sm:grid-cols-2";

/** What kind of request it is. */
export function KindPart({ draft, onChange, error }: Props) {
  const countries = useId();
  const country = draft.jurisdiction.trim().toUpperCase();
  const take = (jurisdiction: string): void => {
    const zone = zoneOf(jurisdiction.trim().toUpperCase());
    // What was typed stays the same moment, told by the clocks of where they are.
    onChange({ ...(zone ? inZone(draft, zone) : {}), jurisdiction });
  };
  return (
    <Part title="What it is">
      <div className={two}>
        <SelectField
          label="Type"
          value={draft.type}
          onChange={(type) =>
            onChange({
              type,
              ...(type === "emergency_disclosure" ? { emergency: true } : {}),
              noticePolicy: defaultNoticePolicy(type, draft.childSafety),
            })
          }
          choices={REQUEST_TYPES.map((one) => [one, TYPE_NAMES[one]] as const)}
          help={TYPE_RULES[draft.type].law}
          error={fieldError(error, "/type")}
        />
        <div>
          <TextField
            label="Jurisdiction"
            required
            most={2}
            list={countries}
            value={draft.jurisdiction}
            onChange={take}
            help={/^[A-Z]{2}$/.test(country) ? countryWords(country) : "Two letters (ISO 3166), or EU."}
            error={fieldError(error, "/jurisdiction")}
          />
          <datalist id={countries}>
            {OFFERED_COUNTRIES.map((one) => (
              <option key={one} value={one}>
                {countryWords(one)}
              </option>
            ))}
          </datalist>
        </div>
        <SelectField
          label="Signed by"
          value={draft.issuer}
          onChange={(issuer) => onChange({ issuer })}
          choices={ISSUERS.map((one) => [one, ISSUER_WORDS[one]] as const)}
          help="Who signed decides what such a request may ask."
          error={fieldError(error, "/issuer")}
        />
        <SelectField
          label="How it came"
          value={draft.channel}
          onChange={(channel) => onChange({ channel })}
          choices={CHANNELS.map((one) => [one, CHANNEL_WORDS[one]] as const)}
          error={fieldError(error, "/channel")}
        />
      </div>
      <div className="grid gap-2">
        <CheckField
          label="It is an emergency"
          help="A danger of death or serious injury now. Another counsel must look at it before anything is given."
          checked={draft.emergency}
          onChange={(emergency) => onChange({ emergency })}
        />
        <CheckField
          label="It is about the safety of a child"
          help="The account is never told of it."
          checked={draft.childSafety}
          onChange={(childSafety) =>
            onChange({
              childSafety,
              ...(childSafety && draft.noticePolicy !== "not_applicable" ? { noticePolicy: "barred" } : {}),
            })
          }
        />
      </div>
    </Part>
  );
}

/** Who asks. */
export function RequesterPart({ draft, onChange, error, agencies }: Props) {
  const offered = agencies.filter(({ retiredAt, id }) => retiredAt === null || id === draft.agencyId);
  const choices: [string, string][] = [
    ["", "Not in the directory"],
    ...offered.map((one): [string, string] => [one.id, `${one.name} (${one.country})`]),
  ];
  return (
    <Part title="Who asks" says="As it stands in the letter. Nothing of it is believed before it is checked.">
      <div className={two}>
        <SelectField
          label="Agency in the directory"
          required={false}
          value={draft.agencyId ?? ""}
          onChange={(agencyId) => {
            const known = agencies.find(({ id }) => id === agencyId);
            onChange({ agencyId: agencyId || null, ...(known ? { agencyName: known.name } : {}) });
          }}
          choices={choices}
          help="Calls go to numbers of the directory, never to one of the letter."
          error={fieldError(error, "/agencyId")}
        />
        <TextField
          label="Agency, as the letter names it"
          required
          most={200}
          value={draft.agencyName}
          onChange={(agencyName) => onChange({ agencyName })}
          error={fieldError(error, "/agencyName")}
        />
        <TextField
          label="Officer"
          required
          most={200}
          value={draft.officerName}
          onChange={(officerName) => onChange({ officerName })}
          error={fieldError(error, "/officerName")}
        />
        <TextField
          label="Reference"
          required
          most={200}
          value={draft.reference}
          onChange={(reference) => onChange({ reference })}
          help="Theirs, word for word."
          error={fieldError(error, "/reference")}
        />
        <TextField
          label="Officer’s email"
          most={320}
          value={draft.officerEmail}
          onChange={(officerEmail) => onChange({ officerEmail })}
          help="Its domain is held against the directory."
          error={fieldError(error, "/officerEmail")}
        />
        <TextField
          label="Officer’s phone"
          type="tel"
          most={40}
          value={draft.officerPhone}
          onChange={(officerPhone) => onChange({ officerPhone })}
          help="Kept, and never called to verify."
          error={fieldError(error, "/officerPhone")}
        />
      </div>
    </Part>
  );
}

/** When. */
export function TimesPart({ draft, onChange, error }: Props) {
  const time = (
    name: "receivedAt" | "issuedAt" | "expiresAt" | "returnAt",
    label: string,
    help?: string,
    required = false,
  ) => {
    const instant = instantOf(draft, name);
    return (
      <TextField
        label={label}
        type="datetime-local"
        required={required}
        value={draft[name]}
        onChange={(value) => onChange({ [name]: value })}
        help={instant ? `${utcWords(instant)}${help ? ` · ${help}` : ""}` : help}
        error={fieldError(error, `/${name}`)}
      />
    );
  };
  return (
    <Part title="When" says={`Times as a clock in ${placeOf(draft.localZone)} shows them; UTC stands below.`}>
      <div className={two}>
        <SelectField
          label="Time zone of who asks"
          value={draft.localZone}
          onChange={(zone) => onChange(inZone(draft, zone))}
          choices={offeredZones(draft.localZone).map((zone) => [zone, zone] as const)}
          error={fieldError(error, "/localZone")}
        />
        {time("receivedAt", "Received", "the clock runs from here", true)}
        {time("issuedAt", "Signed on")}
        {time("expiresAt", "The order expires")}
        {time("returnAt", "Return date in the order", "the answer is due by then at the latest")}
      </div>
    </Part>
  );
}

/** What is asked, without the accounts. */
export function AskedPart({ draft, onChange, error, children }: Props & { children?: ReactNode }) {
  const range = (name: "rangeFrom" | "rangeTo", label: string, help: string) => {
    const instant = instantOf(draft, name);
    return (
      <TextField
        label={label}
        type="datetime-local"
        value={draft[name]}
        onChange={(value) => onChange({ [name]: value })}
        help={instant ? utcWords(instant) : help}
        error={fieldError(error, `/${name}`)}
      />
    );
  };
  const turn = (one: DataCategory, on: boolean): void =>
    onChange({
      categories: DATA_CATEGORIES.filter((name) => (name === one ? on : draft.categories.includes(name))),
    });
  const nature = useId();
  const { rangeFrom, rangeTo } = draft;
  const backwards = rangeFrom !== "" && rangeTo !== "" && rangeTo <= rangeFrom;
  return (
    <Part title="What is asked">
      {children}
      <fieldset className="grid gap-1.5">
        <legend className="heading mb-1">Categories of data</legend>
        {DATA_CATEGORIES.map((one) => (
          <CheckField
            key={one}
            label={CATEGORY_WORDS[one].name}
            help={CATEGORY_WORDS[one].holds}
            checked={draft.categories.includes(one)}
            onChange={(on) => turn(one, on)}
          />
        ))}
        {draft.categories.length === 0 && <p className="text-danger">Say at least one category.</p>}
        {fieldError(error, "/categories") && (
          <p className="text-danger">{fieldError(error, "/categories")}</p>
        )}
      </fieldset>
      <div className={two}>
        {range("rangeFrom", "From", "Left open: everything before, too.")}
        {range("rangeTo", "Until", "The first moment that is not asked for. Left open: everything after.")}
      </div>
      {backwards && (
        <p role="alert" className="text-danger">
          The range ends before it begins. Look at the letter again: are the two days the wrong way round?
        </p>
      )}
      <div className="grid gap-1">
        <label htmlFor={nature} className="heading">
          What it says it is about <span className="font-normal">(if known)</span>
        </label>
        <textarea
          id={nature}
          rows={2}
          maxLength={4000}
          autoComplete="off"
          value={draft.nature}
          onChange={(event) => onChange({ nature: event.target.value })}
          className="field resize-y"
        />
        <p className="text-[0.93rem] text-muted">
          The offence, in the letter’s words. Quote no message of anybody here.
        </p>
      </div>
    </Part>
  );
}

/** Whether the account may be told. */
export function NoticePart({ draft, onChange, error }: Props) {
  const until = instantOf(draft, "gagUntil");
  const gagged = draft.gagReference !== "" || draft.gagUntil !== "" || draft.gagIndefinite;
  return (
    <Part title="Telling the account">
      <div className={two}>
        <SelectField
          label="Notice to the account"
          value={draft.noticePolicy}
          onChange={(noticePolicy) => onChange({ noticePolicy })}
          choices={NOTICE_POLICIES.map((one) => [one, NOTICE_POLICY_WORDS[one].name] as const)}
          help={NOTICE_POLICY_WORDS[draft.noticePolicy].says}
          error={fieldError(error, "/noticePolicy")}
        />
        <TextField
          label="Order not to tell: its reference"
          required={draft.gagIndefinite || draft.gagUntil !== ""}
          most={200}
          value={draft.gagReference}
          onChange={(gagReference) => onChange({ gagReference })}
          error={fieldError(error, "/gagReference")}
        />
        {gagged && !draft.gagIndefinite && (
          <TextField
            label="Nobody may be told until"
            type="datetime-local"
            value={draft.gagUntil}
            onChange={(gagUntil) => onChange({ gagUntil })}
            help={until ? utcWords(until) : undefined}
            error={fieldError(error, "/gagUntil")}
          />
        )}
      </div>
      {gagged && (
        <CheckField
          label="The order names no end"
          help="It is looked at again every 90 days."
          checked={draft.gagIndefinite}
          onChange={(gagIndefinite) =>
            onChange({ gagIndefinite, ...(gagIndefinite ? { gagUntil: "" } : {}) })
          }
        />
      )}
    </Part>
  );
}
