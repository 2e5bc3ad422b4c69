import { type NoteProblem, openNote, type Signer, signNote, strictBase64, type Verifier } from "./note.ts";

/** Checkpoints (c2sp.org/tlog-checkpoint): which log, how many leaves, which root. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer };

/** The text of a checkpoint, without signatures. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}

/** A checkpoint as a signed note. */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[]): string {
  return signNote(formatCheckpoint(checkpoint), signers);
}

/**
 * Reads the text of a checkpoint. Extension lines are allowed and not looked at.
 *
 * @returns undefined when it is none
 */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const lines = text.split("\n");
  const [origin = "", size = "", root = ""] = lines;
  if (lines.length < 4 || lines.pop() !== "" || lines.includes("")) return undefined;
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) return undefined;
  const bytes = strictBase64(root);
  if (bytes?.length !== 32) return undefined;
  return { origin, size: Number(size), root: bytes };
}

/** Why a checkpoint is not to be believed. */
export type CheckpointProblem = NoteProblem | "not-a-checkpoint" | "other-log";

/** Verifies a signed checkpoint of the log that the keys are named after. */
export function openCheckpoint(
  note: string,
  verifiers: readonly Verifier[],
): { checkpoint: Checkpoint; by: readonly Verifier[] } | { problem: CheckpointProblem } {
  const opened = openNote(note, verifiers);
  if ("problem" in opened) return opened;
  const checkpoint = parseCheckpoint(opened.text);
  if (!checkpoint) return { problem: "not-a-checkpoint" };
  if (opened.by.some(({ name }) => name !== checkpoint.origin)) return { problem: "other-log" };
  return { checkpoint, by: opened.by };
}
