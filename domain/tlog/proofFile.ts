import { strictBase64 } from "./note.ts";

/** The offline proof of one leaf (c2sp.org/tlog-proof@v1): its place, its path and the checkpoint that the path ends at. */
export type ProofFile = {
  readonly index: number;
  /** From the leaf's sibling up. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
};

const HEADER = "c2sp.org/tlog-proof@v1";

export function formatProofFile({ index, hashes, checkpoint }: ProofFile): string {
  const lines = [HEADER, `index ${index}`, ...hashes.map((hash) => Buffer.from(hash).toString("base64"))];
  return `${lines.join("\n")}\n\n${checkpoint}`;
}

/** @returns undefined when the text is no proof file. Says nothing about whether the proof holds */
export function parseProofFile(text: string): ProofFile | undefined {
  const end = text.indexOf("\n\n");
  if (end < 0) return undefined;
  const lines = text.slice(0, end).split("\n");
  if (lines.shift() !== HEADER) return undefined;
  if (lines[0]?.startsWith("extra ") && strictBase64(lines[0].slice(6)) !== undefined) lines.shift();
  const found = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? "");
  const index = Number(found?.[1]);
  if (!Number.isSafeInteger(index)) return undefined;
  const hashes: Buffer[] = [];
  for (const line of lines) {
    const hash = strictBase64(line);
    if (hash?.length !== 32) return undefined;
    hashes.push(hash);
  }
  return { index, hashes, checkpoint: text.slice(end + 2) };
}
