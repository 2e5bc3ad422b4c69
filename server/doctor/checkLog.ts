import type { Sql } from "postgres";
import { parseVkey, type Verifier } from "../../domain/tlog/note.ts";
import { logKeySettings } from "../../environment/settings.ts";
import { readLogKeys } from "../tlog/keyFile.ts";
import { signedLast } from "../tlog/sequencer/signedLast.ts";
import { type LogFinding, verifyStored } from "../tlog/verifyStored.ts";
import type { Finding } from "./finding.ts";

const WORDS: Record<LogFinding["code"], string> = {
  "place-missing": "A leaf is missing from its place: somebody deleted or moved leaves.",
  "tile-differs": "A stored tile is not what the leaves make it: leaves or tiles were changed.",
  "root-differs":
    "The leaves do not make the root that was signed: leaves were changed, put in or reordered.",
  "checkpoint-unsigned":
    "A checkpoint carries no signature of a key of this log: the checkpoint or the signing key was replaced.",
  "checkpoint-missing": "There are leaves and no checkpoint: somebody deleted what was signed.",
  "leaves-unsigned": "Leaves lie beyond the newest checkpoint: checkpoints were deleted, or leaves put in.",
  "log-shorter":
    "The log is shorter than it was: the database was put back to an older state, or the log was cut.",
  "log-forked":
    "The log is not a continuation of what was signed before: history was rewritten and signed again.",
};

/**
 * Recomputes the log and holds it against keys and a checkpoint from outside the database: the key file, and what this
 * machine signed last.
 *
 * @throws when the key file cannot be read
 */
export async function checkLog(sql: Sql, say: (line: string) => void): Promise<Finding[]> {
  const { logKeyFile } = logKeySettings();
  const { keys } = await readLogKeys(logKeyFile);
  const verifiers = keys
    .map(({ vkey }) => parseVkey(vkey))
    .filter((key): key is Verifier => key !== undefined);
  const { findings } = await verifyStored(sql, {
    keys: verifiers,
    since: await signedLast(logKeyFile).read(verifiers),
    onProgress: (leaves, of) => say(`log: ${leaves} of ${of} leaves`),
  });
  return findings.map(({ code, at }) => ({ check: "log", code, where: `place ${at}`, what: WORDS[code] }));
}
