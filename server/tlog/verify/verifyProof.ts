import { readFile } from "node:fs/promises";
import { openCheckpoint } from "../../../domain/tlog/checkpoint.ts";
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
  const proof = parseProofFile(await readFile(path, "utf8"));
  const leaf = await readFile(path.replace(/\.tlog-proof$/, ".leaf"));
  const no = (why: string) => ({ text: `NOT SOUND: ${why}.`, sound: false });
  if (!proof) return no("this is no proof file");
  const opened = openCheckpoint(proof.checkpoint, keys);
  if ("problem" in opened) return no(`the checkpoint in the proof is not to be believed (${opened.problem})`);
  const { checkpoint, by } = opened;
  const findings: Finding[] = [];
  const cosignedBy = witnessesOf(proof.checkpoint, witnesses, (finding) => findings.push(finding));
  if (findings[0]) return no(FAULTS[findings[0].fault]);
  if (!verifyInclusion(leafHash(leaf), proof.index, checkpoint.size, proof.hashes, checkpoint.root))
    return no("the leaf is not in the tree that was signed, or not at this place");
  return {
    text: [
      `checkpoint  ${checkpoint.origin}, ${checkpoint.size} leaves`,
      ...by.map(({ vkey }) => `signed by   ${vkey}`),
      ...cosignedBy.map((vkey) => `witnessed   ${vkey}`),
      `SOUND: the leaf stands in the log at place ${proof.index}.`,
    ].join("\n"),
    sound: true,
  };
}
