import type { PacketMessage, WithheldKind } from "../model.ts";
import { dayOf } from "../rsmf/slices.ts";

/** What may be known of records without reading them: for the second counsel, and for the covering papers. */
export interface RecordStats {
  readonly messages: number;
  readonly deleted: number;
  readonly edited: number;
  readonly attachments: number;
  readonly notAvailable: number;
  readonly byDay: Readonly<Record<string, number>>;
  /** Of named accounts; everybody else is counted together. */
  readonly byAccount: Readonly<Record<string, number>>;
  readonly thirdParties: number;
  readonly redactions: number;
  readonly byReason: Readonly<Record<string, { readonly times: number; readonly records: number }>>;
  readonly withheld: Readonly<Partial<Record<WithheldKind, number>>>;
  readonly first: string | null;
  readonly last: string | null;
}

type Counting = { -readonly [Key in keyof RecordStats]: RecordStats[Key] };

export const NO_STATS: RecordStats = {
  messages: 0,
  deleted: 0,
  edited: 0,
  attachments: 0,
  notAvailable: 0,
  byDay: {},
  byAccount: {},
  thirdParties: 0,
  redactions: 0,
  byReason: {},
  withheld: {},
  first: null,
  last: null,
};

/** Counts records as they are written. */
export function batchStats() {
  const all: Counting = { ...NO_STATS };
  const days: Record<string, number> = {};
  const accounts: Record<string, number> = {};
  const reasons: Record<string, { times: number; records: number }> = {};
  const withheld: Partial<Record<WithheldKind, number>> = {};
  Object.assign(all, { byDay: days, byAccount: accounts, byReason: reasons, withheld });
  return {
    all: all as RecordStats,
    /** @param account of the sender when the request names it; null for everybody else */
    message(message: PacketMessage, account: string | null): void {
      const last = message.revisions.at(-1);
      all.messages += 1;
      if (last?.deletedAt) all.deleted += 1;
      if (message.revisions.some(({ editedAt }) => editedAt !== null)) all.edited += 1;
      for (const { status } of message.attachments) {
        if (status === "produced") all.attachments += 1;
        else all.notAvailable += 1;
      }
      const day = dayOf(message);
      days[day] = (days[day] ?? 0) + 1;
      if (account === null) all.thirdParties += 1;
      else accounts[account] = (accounts[account] ?? 0) + 1;
      all.redactions += message.redactions.length;
      const seen = new Set<string>();
      for (const { reason } of message.redactions) {
        const one = reasons[reason] ?? { times: 0, records: 0 };
        reasons[reason] = one;
        one.times += 1;
        if (!seen.has(reason)) one.records += 1;
        seen.add(reason);
      }
      const at = message.sentAt.toISOString();
      if (all.first === null || at < all.first) all.first = at;
      if (all.last === null || at > all.last) all.last = at;
    },
    withheld(kind: WithheldKind): void {
      withheld[kind] = (withheld[kind] ?? 0) + 1;
    },
  };
}

/** Adds counts up. */
export function sumStats(each: readonly RecordStats[]): RecordStats {
  const sum = batchStats().all as Counting;
  const byDay: Record<string, number> = {};
  const byAccount: Record<string, number> = {};
  const byReason: Record<string, { times: number; records: number }> = {};
  const withheld: Partial<Record<WithheldKind, number>> = {};
  for (const one of each) {
    sum.messages += one.messages;
    sum.deleted += one.deleted;
    sum.edited += one.edited;
    sum.attachments += one.attachments;
    sum.notAvailable += one.notAvailable;
    sum.thirdParties += one.thirdParties;
    sum.redactions += one.redactions;
    for (const [day, n] of Object.entries(one.byDay)) byDay[day] = (byDay[day] ?? 0) + n;
    for (const [who, n] of Object.entries(one.byAccount)) byAccount[who] = (byAccount[who] ?? 0) + n;
    for (const [reason, { times, records }] of Object.entries(one.byReason)) {
      const known = byReason[reason] ?? { times: 0, records: 0 };
      byReason[reason] = known;
      known.times += times;
      known.records += records;
    }
    for (const [kind, n] of Object.entries(one.withheld) as [WithheldKind, number][])
      withheld[kind] = (withheld[kind] ?? 0) + n;
    if (one.first !== null && (sum.first === null || one.first < sum.first)) sum.first = one.first;
    if (one.last !== null && (sum.last === null || one.last > sum.last)) sum.last = one.last;
  }
  return { ...sum, byDay, byAccount, byReason, withheld };
}
