import { verifyCosignature } from "../../../domain/tlog/cosignature.ts";
import { parseNote, type Verifier } from "../../../domain/tlog/note.ts";
import { CHECKPOINT } from "../export/layout.ts";
import type { Finding } from "./findings.ts";

/**
 * Holds a checkpoint against the witnesses whose keys were given: each of them must have cosigned it.
 *
 * @returns the vkeys of those that have
 */
export function witnessesOf(
  note: string,
  witnesses: readonly Verifier[],
  add: (finding: Finding) => void,
): string[] {
  const parsed = parseNote(note);
  const held: string[] = [];
  for (const signature of parsed?.signatures ?? []) {
    const witness = witnesses.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    if (!witness || !parsed) continue;
    if (verifyCosignature(parsed.text, signature, witness) === undefined)
      add({ fault: "bad-signature", index: null, where: CHECKPOINT });
    else held.push(witness.vkey);
  }
  // Whoever names a witness wants its word: a line that was left out must not pass for one that holds.
  for (const { vkey } of witnesses)
    if (!held.includes(vkey)) add({ fault: "not-witnessed", index: null, where: CHECKPOINT });
  return held;
}
