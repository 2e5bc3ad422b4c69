import { LAYOUT } from "../layout.ts";
import type { RsmfSlice } from "../rsmf/slices.ts";

/** A conversation as its records have told it. */
export interface ConversationPlan {
  readonly id: string;
  readonly messages: number;
  readonly slices: readonly RsmfSlice[];
}

export interface PlannedPart {
  readonly path: string;
  readonly kind:
    | "accounts"
    | "native"
    | "rsmf"
    | "transcript"
    | "index"
    | "withheld"
    | "redactions"
    | "custody"
    | "letter"
    | "guide"
    | "hashes"
    | "proof"
    | "leaf"
    | "bag";
  readonly detail: { readonly [key: string]: string | number };
}

/**
 * The files of a packet, in the order in which they are written. Transcripts that fill more than one file name the further ones as
 * they come.
 *
 * @param content whether what was said is produced: without it there is nothing to read for people
 */
export function planParts(
  accounts: number,
  conversations: readonly ConversationPlan[],
  content: boolean,
): PlannedPart[] {
  const parts: PlannedPart[] = [];
  if (accounts > 0) parts.push({ path: LAYOUT.accounts, kind: "accounts", detail: {} });
  for (const { id, messages, slices } of conversations) {
    if (messages === 0) continue;
    parts.push({ path: LAYOUT.native(id), kind: "native", detail: { conversation: id } });
    if (!content) continue;
    for (const { day, slice, events } of slices)
      parts.push({
        path: LAYOUT.rsmf(id, day, slice),
        kind: "rsmf",
        detail: { conversation: id, day, slice, events },
      });
    parts.push({ path: LAYOUT.transcript(id, 1), kind: "transcript", detail: { conversation: id, file: 1 } });
  }
  const rest = [
    [LAYOUT.index, "index"],
    [LAYOUT.withheld, "withheld"],
    [LAYOUT.redactions, "redactions"],
    [LAYOUT.custody, "custody"],
    [LAYOUT.coverLetter, "letter"],
    [LAYOUT.howToVerify, "guide"],
    [LAYOUT.records, "hashes"],
    [LAYOUT.proof, "proof"],
    [LAYOUT.leaf, "leaf"],
    [LAYOUT.opening, "leaf"],
    [LAYOUT.bagit, "bag"],
    [LAYOUT.bagInfo, "bag"],
    [LAYOUT.manifest, "bag"],
    [LAYOUT.tagManifest, "bag"],
    [LAYOUT.signature, "bag"],
    [LAYOUT.certificate, "bag"],
    [LAYOUT.note, "bag"],
  ] as const;
  return [...parts, ...rest.map(([path, kind]) => ({ path, kind, detail: {} }))];
}
