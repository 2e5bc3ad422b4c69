import { openAuditSession } from "../../db/auditSession.ts";
import { INTEGRITY_FINDINGS } from "../../domain/integrityFindings.ts";
import { openCheckpoint } from "../../domain/tlog/checkpoint.ts";
import { parseVkey, type Verifier } from "../../domain/tlog/note.ts";
import { logKeySettings } from "../../environment/settings.ts";
import { verifyLog } from "../integrity/verifyLog.ts";
import { readLogKeys } from "../tlog/keyFile.ts";
import { signedLast } from "../tlog/sequencer/signedLast.ts";
import type { Finding } from "./finding.ts";

/**
 * Verifies the stored log, and holds it against what the database cannot reach: the signing keys in their file, and the
 * checkpoint that this machine signed last.
 *
 * @param url of an administrator
 * @throws when the key file cannot be read, or when nothing amiss was found and there was no kept checkpoint to hold the
 *   log against: a log that was cut looks whole from within
 */
export async function checkLog(url: string, say: (line: string) => void): Promise<Finding[]> {
  const { logKeyFile } = logKeySettings();
  const { keys } = await readLogKeys(logKeyFile);
  const verifiers = keys
    .map(({ vkey }) => parseVkey(vkey))
    .filter((key): key is Verifier => key !== undefined);
  const kept = await signedLast(logKeyFile).read(verifiers);
  const session = await openAuditSession(url, "unseal doctor");
  try {
    const result = await verifyLog(
      session.query,
      async (phase, done, total) => {
        say(`log: ${phase}, ${done} of ${total}`);
        return true;
      },
      kept,
    );
    const findings = (result?.findings ?? []).map(({ kind, count, first }): Finding => {
      const { title, meaning } = INTEGRITY_FINDINGS[kind];
      const places = first.map((at) => at.eventId ?? at.index ?? at.size).join(", ");
      const more = count > first.length ? ` and ${count - first.length} more` : "";
      return { check: "log", code: kind, where: places + more, what: `${title}. ${meaning}` };
    });
    const [head] = await session.query<{ note: string }>(
      "select note from audit.checkpoints order by size desc limit 1",
    );
    if (head ? "problem" in openCheckpoint(head.note, verifiers) : kept)
      findings.push({
        check: "log",
        code: "key-replaced",
        where: "the newest checkpoint",
        what: "It is gone, or no key of the key file has signed it: somebody signs with another key.",
      });
    if (!kept && findings.length === 0)
      throw new Error(
        `What the database holds fits together, but whether the log was cut or put back to an older state cannot be told: no checkpoint of this log can be read in ${logKeyFile}.head. Give LOG_SIGNING_KEY_FILE as the worker that signs has it, with the .head file that it keeps beside the key.`,
      );
    return findings;
  } finally {
    await session.end();
  }
}
