import type {
  AccountAsked,
  ChangeRequest,
  RegisterRequest,
  RequestDetail,
} from "../../../contracts/legal/requests.ts";
import type {
  Channel,
  DataCategory,
  Issuer,
  NoticePolicy,
  RequestType,
} from "../../../domain/legal/vocabulary.ts";
import { fromZoneField, toZoneField } from "../zoneWords.ts";

/** The facts of a request as they are being typed. Times are as a clock in `localZone` shows them. */
export interface FactsDraft {
  readonly type: RequestType;
  readonly jurisdiction: string;
  readonly issuer: Issuer;
  readonly agencyId: string | null;
  readonly agencyName: string;
  readonly officerName: string;
  readonly officerEmail: string;
  readonly officerPhone: string;
  readonly reference: string;
  readonly channel: Channel;
  readonly receivedAt: string;
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly returnAt: string;
  readonly emergency: boolean;
  readonly localZone: string;
  readonly categories: readonly DataCategory[];
  readonly rangeFrom: string;
  readonly rangeTo: string;
  readonly childSafety: boolean;
  readonly nature: string;
  readonly noticePolicy: NoticePolicy;
  readonly gagReference: string;
  readonly gagUntil: string;
  readonly gagIndefinite: boolean;
}

const TIMES = [
  "receivedAt",
  "issuedAt",
  "expiresAt",
  "returnAt",
  "rangeFrom",
  "rangeTo",
  "gagUntil",
] as const;

/** A form that nobody has written in yet, received now. */
export function emptyDraft(now: number): FactsDraft {
  return {
    type: "subpoena",
    jurisdiction: "US",
    issuer: "court",
    agencyId: null,
    agencyName: "",
    officerName: "",
    officerEmail: "",
    officerPhone: "",
    reference: "",
    channel: "email",
    receivedAt: toZoneField(new Date(now).toISOString(), "America/New_York"),
    issuedAt: "",
    expiresAt: "",
    returnAt: "",
    emergency: false,
    localZone: "America/New_York",
    categories: ["subscriber"],
    rangeFrom: "",
    rangeTo: "",
    childSafety: false,
    nature: "",
    noticePolicy: "after",
    gagReference: "",
    gagUntil: "",
    gagIndefinite: false,
  };
}

/** The same letter read by clocks of another zone: what was typed stays the same moment. */
export function inZone(draft: FactsDraft, localZone: string): FactsDraft {
  const moved: Record<string, string> = {};
  for (const name of TIMES) {
    const instant = fromZoneField(draft[name], draft.localZone);
    if (instant) moved[name] = toZoneField(instant, localZone);
  }
  return { ...draft, ...moved, localZone };
}

/** An instant of the form; null where nothing (or no time) stands there. */
export const instantOf = (draft: FactsDraft, name: (typeof TIMES)[number]): string | null =>
  fromZoneField(draft[name], draft.localZone);

type Facts = Omit<Required<RegisterRequest>, "accounts">;

/** The facts as the API takes them. */
export function factsOf(draft: FactsDraft): Facts {
  const said = (text: string): string | null => text.trim() || null;
  return {
    type: draft.type,
    jurisdiction: draft.jurisdiction.trim().toUpperCase(),
    issuer: draft.issuer,
    agencyId: draft.agencyId,
    agencyName: draft.agencyName.trim(),
    officerName: draft.officerName.trim(),
    officerEmail: said(draft.officerEmail),
    officerPhone: said(draft.officerPhone),
    reference: draft.reference.trim(),
    channel: draft.channel,
    receivedAt: instantOf(draft, "receivedAt") ?? "",
    issuedAt: instantOf(draft, "issuedAt"),
    expiresAt: instantOf(draft, "expiresAt"),
    returnAt: instantOf(draft, "returnAt"),
    emergency: draft.emergency,
    localZone: draft.localZone,
    categories: [...draft.categories],
    rangeFrom: instantOf(draft, "rangeFrom"),
    rangeTo: instantOf(draft, "rangeTo"),
    childSafety: draft.childSafety,
    nature: draft.nature.trim(),
    noticePolicy: draft.noticePolicy,
    gagReference: said(draft.gagReference),
    gagUntil: draft.gagIndefinite ? null : instantOf(draft, "gagUntil"),
    gagIndefinite: draft.gagIndefinite,
  };
}

/** What is registered: the facts and the accounts. */
export const toRegister = (draft: FactsDraft, accounts: readonly AccountAsked[]): RegisterRequest => ({
  ...factsOf(draft),
  accounts: [...accounts],
});

/** A request that is on record, as a form. */
export function draftOf(request: RequestDetail): FactsDraft {
  const field = (instant: string | null): string =>
    instant === null ? "" : toZoneField(instant, request.localZone);
  return {
    type: request.type,
    jurisdiction: request.jurisdiction,
    issuer: request.issuer,
    agencyId: request.agencyId,
    agencyName: request.agency,
    officerName: request.officerName,
    officerEmail: request.officerEmail ?? "",
    officerPhone: request.officerPhone ?? "",
    reference: request.reference,
    channel: request.channel,
    receivedAt: field(request.receivedAt),
    issuedAt: field(request.issuedAt),
    expiresAt: field(request.expiresAt),
    returnAt: field(request.returnAt),
    emergency: request.emergency,
    localZone: request.localZone,
    categories: request.categories,
    rangeFrom: field(request.rangeFrom),
    rangeTo: field(request.rangeTo),
    childSafety: request.childSafety,
    nature: request.nature,
    noticePolicy: request.noticePolicy,
    gagReference: request.gagReference ?? "",
    gagUntil: field(request.gagUntil),
    gagIndefinite: request.gagIndefinite,
  };
}

/** Only what differs from what is on record, so that nobody overwrites what they did not touch. */
export function changedFacts(before: FactsDraft, after: FactsDraft): Partial<ChangeRequest> {
  const [old, now] = [factsOf(before), factsOf(after)];
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(now))
    if (JSON.stringify(value) !== JSON.stringify(old[name as keyof Facts])) changed[name] = value;
  return changed as Partial<ChangeRequest>;
}
