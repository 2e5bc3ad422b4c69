import { readFile } from "node:fs/promises";
import { type Checkpoint, openCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { leafHash, verifyInclusion } from "../../../domain/tlog/merkle.ts";
import type { Verifier } from "../../../domain/tlog/note.ts";
import { parseProofFile } from "../../../domain/tlog/proofFile.ts";
import { FAULTS, type Finding } from "./findings.ts";
import { witnessesOf } from "./witnessesOf.ts";

/**
 * Verifies a `.tlog-proof` for the leaf beside it (`x.tlog-proof` and `x.leaf`), offline.
 *
 * @param witnesses each of them must have cosigned the checkpoint in it
 * @throws an error of Node when one of the two files cannot be read
 */
export async function verifyProof(
  path: string,
  keys: readonly Verifier[],
  witnesses: readonly Verifier[] = [],
): Promise<{ text: string; sound: boolean }> {
  const text = await readFile(path, "utf8");
  const leaf = await readFile(path.replace(/\.tlog-proof$/, ".leaf"));
  const checked = checkProof(text, leaf, keys, witnesses);
  if ("problem" in checked) return { text: `NOT SOUND: ${checked.words}.`, sound: false };
  const { checkpoint, index, signedBy, cosignedBy } = checked;
  return {
    text: [
      `checkpoint  ${checkpoint.origin}, ${checkpoint.size} leaves`,
      ...signedBy.map((vkey) => `signed by   ${vkey}`),
      ...cosignedBy.map((vkey) => `witnessed   ${vkey}`),
      `SOUND: the leaf stands in the log at place ${index}.`,
    ].join("\n"),
    sound: true,
  };
}

/** A proof that holds, or why it does not: as a code and in words. */
export type CheckedProof =
  | {
      readonly checkpoint: Checkpoint;
      readonly index: number;
      readonly signedBy: readonly string[];
      readonly cosignedBy: readonly string[];
    }
  | { readonly problem: "no-proof" | "log-key" | "not-witnessed" | "not-in-log"; readonly words: string };

/**
 * Holds the text of a `.tlog-proof` against its leaf.
 *
 * @param witnesses each of them must have cosigned the checkpoint in it
 */
export function checkProof(
  text: string,
  leaf: Uint8Array,
  keys: readonly Verifier[],
  witnesses: readonly Verifier[] = [],
): CheckedProof {
  const proof = parseProofFile(text);
  if (!proof) return { problem: "no-proof", words: "this is no proof file" };
  const opened = openCheckpoint(proof.checkpoint, keys);
  if ("problem" in opened)
    return {
      problem: "log-key",
      words: `the checkpoint in the proof is not to be believed (${opened.problem})`,
    };
  const { checkpoint, by } = opened;
  const findings: Finding[] = [];
  const cosignedBy = witnessesOf(proof.checkpoint, witnesses, (finding) => findings.push(finding));
  if (findings[0]) return { problem: "not-witnessed", words: FAULTS[findings[0].fault] };
  if (!verifyInclusion(leafHash(leaf), proof.index, checkpoint.size, proof.hashes, checkpoint.root))
    return {
      problem: "not-in-log",
      words: "the leaf is not in the tree that was signed, or not at this place",
    };
  return { checkpoint, index: proof.index, signedBy: by.map(({ vkey }) => vkey), cosignedBy };
}
