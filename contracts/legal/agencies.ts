import { z } from "zod";
import { AGENCY_KINDS } from "../../domain/legal/vocabulary.ts";
import { id, instant, staffRef, written } from "../triage.ts";

/** ISO 3166 alpha-2, or `EU`. */
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, "Give the country by its two letters (ISO 3166), or EU.");

const said = (most: number) => written(most).min(1, "This must say something.");

/** A number as people write it; kept as E.164. */
export const phoneNumber = written(40).regex(
  /^\+[0-9 ()./-]{6,38}$/,
  "Write the number with + and the country's code, as +1 202 555 0100.",
);
export const domainName = written(253).min(3, "Give a domain, as police.example.org.");

export const agencyNumber = z.object({
  id,
  /** E.164. */
  number: z.string(),
  label: z.string(),
  /** Where it was found, other than in a request. */
  source: z.string(),
  enteredBy: staffRef,
  enteredAt: instant,
  confirmedBy: staffRef.nullable(),
  confirmedAt: instant.nullable(),
  confirmSource: z.string().nullable(),
  retiredBy: staffRef.nullable(),
  retiredAt: instant.nullable(),
  retiredReason: z.string().nullable(),
  /** Entered by one, confirmed by another, not retired. */
  counts: z.boolean(),
  /** May the reader confirm it? Never who entered it. */
  mayConfirm: z.boolean(),
});
export type AgencyNumber = z.infer<typeof agencyNumber>;

export const agency = z.object({
  id,
  name: z.string(),
  country: z.string(),
  kind: z.enum(AGENCY_KINDS),
  /** Lower case, ASCII (punycode). */
  domains: z.array(z.string()),
  source: z.string(),
  enteredBy: staffRef,
  enteredAt: instant,
  changedAt: instant,
  retiredAt: instant.nullable(),
  numbers: z.array(agencyNumber),
  /** Requests that name it. */
  requests: z.number().int(),
});
export type Agency = z.infer<typeof agency>;

/** GET /api/agencies */
export const agenciesQuery = z.strictObject({
  q: written(200).optional(),
  country: country.optional(),
  retired: z.enum(["true"]).optional(),
});
export type AgenciesQuery = z.output<typeof agenciesQuery>;
export const agencyList = z.object({ agencies: z.array(agency), mayChange: z.boolean() });
export type AgencyList = z.infer<typeof agencyList>;

/** POST /api/agencies */
export const enterAgencyRequest = z.strictObject({
  name: said(200).min(2),
  country,
  kind: z.enum(AGENCY_KINDS),
  domains: z.array(domainName).max(20).default([]),
  source: said(2000),
});
export type EnterAgencyRequest = z.input<typeof enterAgencyRequest>;
export const enteredAgency = z.object({ agencyId: id });
export type EnteredAgency = z.infer<typeof enteredAgency>;

/** PATCH /api/agencies/:id. `retired: true` takes it out of use; requests that name it keep it. */
export const changeAgencyRequest = z
  .strictObject({
    name: said(200).min(2).optional(),
    kind: z.enum(AGENCY_KINDS).optional(),
    domains: z.array(domainName).max(20).optional(),
    source: said(2000),
    retired: z.literal(true).optional(),
  })
  .refine((a) => a.name || a.kind || a.domains || a.retired, "Say what is to change.");
export type ChangeAgencyRequest = z.infer<typeof changeAgencyRequest>;

/** POST /api/agencies/:id/numbers */
export const enterNumberRequest = z.strictObject({
  number: phoneNumber,
  label: said(120),
  source: said(2000),
});
export type EnterNumberRequest = z.infer<typeof enterNumberRequest>;
export const enteredNumber = z.object({ numberId: id });
export type EnteredNumber = z.infer<typeof enteredNumber>;

/** POST /api/agencies/numbers/:id/confirm: where the second person found it, by a search of their own. */
export const confirmNumberRequest = z.strictObject({ source: said(2000) });
export type ConfirmNumberRequest = z.infer<typeof confirmNumberRequest>;
/** POST /api/agencies/numbers/:id/retire */
export const retireNumberRequest = z.strictObject({ reason: said(2000) });
export type RetireNumberRequest = z.infer<typeof retireNumberRequest>;
