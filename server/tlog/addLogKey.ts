import { existsSync } from "node:fs";
import { openAuditSession, type Query } from "../../db/auditSession.ts";
import { openCheckpoint } from "../../domain/tlog/checkpoint.ts";
import { isKeyName, parseVkey } from "../../domain/tlog/note.ts";
import { type LogKey, newLogKey, readKeyFile, readLogKeys, writeLogKeys } from "./keyFile.ts";
import { readHead } from "./sequencer/readTree.ts";

/** Why keys cannot be changed as asked. `message` is for the operator. */
export class LogKeyRefused extends Error {
  override readonly name = "LogKeyRefused";
}

/**
 * Makes the first signing key of a log, or one that succeeds a lost one. On record before it is in a file: a key that is
 * in no file signs nothing, the other way round would stop the log.
 *
 * @param url of the role unseal_audit
 * @param path of the file, which must not exist
 * @param options.origin the log's name: an address without a scheme, such as unseal.example.org/audit-log
 * @param options.afterLoss the keys so far are gone; without it a log that was signed already takes no second first key
 * @throws LogKeyRefused
 */
export async function makeLogKeyFile(
  url: string,
  path: string,
  { origin, afterLoss }: { origin: string; afterLoss: boolean },
): Promise<LogKey> {
  if (existsSync(path)) throw new LogKeyRefused(`${path} exists. Nothing was changed.`);
  if (!isKeyName(origin))
    throw new LogKeyRefused(
      "The origin must be without blanks and plus signs, such as unseal.example.org/audit-log.",
    );
  return withSession(url, async (query) => {
    const [first] = await query<{ origin: string }>(
      "select origin from audit.log_keys order by added_at limit 1",
    );
    if (first && !afterLoss)
      throw new LogKeyRefused(
        "This log has a key already. `unseal log key rotate` adds one beside it; if its file is lost, say --after-loss.",
      );
    if (first && first.origin !== origin)
      throw new LogKeyRefused(
        `This log is called ${first.origin}. A log keeps its name: --origin ${first.origin}`,
      );
    const { key, entry } = newLogKey(origin);
    await record(query, key, origin, first !== undefined);
    await writeLogKeys(path, origin, [entry]);
    return key;
  });
}

/** Adds a key to the file. From then on both sign, so that those who trust the old one go on verifying. */
export async function rotateLogKey(url: string, path: string): Promise<LogKey> {
  const file = await readKeyFile(path);
  if (file.keys.length >= 8) throw new LogKeyRefused("The file holds eight keys. Drop the old ones first.");
  const { key, entry } = newLogKey(file.origin);
  await withSession(url, (query) => record(query, key, file.origin, false));
  await writeLogKeys(path, file.origin, [...file.keys, entry]);
  return key;
}

/**
 * Ends the overlap: only the newest key of the file signs from now on. First the file, then the record, so that the log
 * is not stopped in between.
 *
 * @returns the vkeys that were dropped
 */
export async function dropOldLogKeys(url: string, path: string): Promise<string[]> {
  const file = await readKeyFile(path);
  const { keys } = await readLogKeys(path);
  const [newest, entry] = [keys.at(-1), file.keys.at(-1)];
  const dropped = keys.slice(0, -1).map(({ vkey }) => vkey);
  if (!newest || !entry || dropped.length === 0)
    throw new LogKeyRefused("The file holds one key only: there is nothing to drop.");
  return withSession(url, async (query) => {
    const head = await readHead(query);
    const verifier = parseVkey(newest.vkey);
    if (head && verifier && "problem" in openCheckpoint(head.note, [verifier]))
      throw new LogKeyRefused(
        "The newest checkpoint does not carry the newest key's signature yet. Try again when one does.",
      );
    await writeLogKeys(path, file.origin, [entry]);
    for (const vkey of dropped) await query("select audit.end_log_key($1)", [vkey]);
    return dropped;
  });
}

async function record(
  query: Query,
  { vkey, signer }: LogKey,
  origin: string,
  afterLoss: boolean,
): Promise<void> {
  await query("select audit.add_log_key($1, $2, $3, $4)", [vkey, signer.keyId, origin, afterLoss]);
}

async function withSession<Result>(url: string, act: (query: Query) => Promise<Result>): Promise<Result> {
  const session = await openAuditSession(url, "unseal:log-keys");
  try {
    return await act(session.query);
  } finally {
    await session.end();
  }
}
