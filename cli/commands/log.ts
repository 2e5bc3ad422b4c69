import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { openAuditSession, type Query } from "../../db/auditSession.ts";
import { parseVkey, type Verifier } from "../../domain/tlog/note.ts";
import { auditSettings, sequencerSettings } from "../../environment/settings.ts";
import { fromWhereTheyStood } from "../../environment/startedFrom.ts";
import { dropOldLogKeys, LogKeyRefused, makeLogKeyFile, rotateLogKey } from "../../server/tlog/addLogKey.ts";
import { describeState } from "../../server/tlog/describeState.ts";
import { ExportRefused, exportLog } from "../../server/tlog/export/exportLog.ts";
import { LogStopped } from "../../server/tlog/LogStopped.ts";
import { logState } from "../../server/tlog/logState.ts";
import { NoProof, proveEvent } from "../../server/tlog/proveEvent.ts";
import { describeVerdict } from "../../server/tlog/verify/describeVerdict.ts";
import { verifyExport } from "../../server/tlog/verify/verifyExport.ts";
import { verifyProof } from "../../server/tlog/verify/verifyProof.ts";
import { Told } from "../tellFailure.ts";

/** `unseal log …`: the transparency log. All but `verify` need AUDIT_DATABASE_URL. */
export function register(program: Command): void {
  const log = program.command("log").description("the signed log: keys, export, verification, proofs");
  registerKeys(log);
  log
    .command("status")
    .description(
      "size, sequencer, keys and where checkpoints were pushed; exit code 1 when the log stands still",
    )
    .action(() => telling(status));
  log
    .command("strict")
    .argument("<on|off>")
    .description("whether a reveal waits until the record of it is under a signed checkpoint")
    .action((word: string) => telling(() => setStrict(word)));
  log
    .command("export")
    .argument("<dir>", "folder to write, or one with an earlier export to carry on")
    .description(
      "write the log as a folder that anybody can verify; the export is itself an event of the log",
    )
    .action((dir: string) => telling(() => exportTo(fromWhereTheyStood(dir))));
  log
    .command("prove")
    .argument("<event>", "the event's id")
    .option("--out <dir>", "folder to write to", ".")
    .description("write a .tlog-proof and the leaf that it proves")
    .action((event: string, { out }: { out: string }) =>
      telling(() => prove(event, fromWhereTheyStood(out))),
    );
  log
    .command("verify")
    .argument("<path>", "an exported folder, or a .tlog-proof with its leaf beside it")
    .requiredOption(
      "--vkey <key>",
      "public key of the log, as it was given to you; may be repeated",
      collect,
      [],
    )
    .option("--since <checkpoint>", "an older checkpoint that you kept; may be repeated", collect, [])
    .option(
      "--witness <key>",
      "public key of a witness that must have cosigned; may be repeated",
      collect,
      [],
    )
    .description("verify, offline and without a database; exit code 1 when anything is wrong")
    .action((path: string, options: VerifyOptions) =>
      telling(() => verify(fromWhereTheyStood(path), options)),
    );
}

function registerKeys(log: Command): void {
  const key = log.command("key").description("the keys that checkpoints are signed with");
  key
    .command("new")
    .requiredOption("--origin <name>", "the log's name for ever: an address without a scheme")
    .option("--out <file>", "file to write, mode 0600", "unseal-log-keys.json")
    .option(
      "--after-loss",
      "the log's keys are lost: go on with a new one, which every verifier must be told of",
    )
    .description("make the first key of a log")
    .action((options: { origin: string; out: string; afterLoss?: boolean }) =>
      telling(async () => {
        const path = fromWhereTheyStood(options.out);
        const { auditDatabaseUrl } = auditSettings();
        const { vkey } = await makeLogKeyFile(auditDatabaseUrl, path, {
          origin: options.origin,
          afterLoss: options.afterLoss === true,
        });
        say(`${path} (set LOG_SIGNING_KEY_FILE to it; back it up apart from the database)`);
        say(`Give this public key to whoever verifies the log, by another way than the log:\n${vkey}`);
      }),
    );
  key
    .command("rotate")
    .option("--drop-old", "end the overlap: only the newest key signs from now on")
    .description("add a key, so that both sign; with --drop-old drop the older ones")
    .action((options: { dropOld?: boolean }) =>
      telling(async () => {
        const { auditDatabaseUrl, logKeyFile } = sequencerSettings();
        if (options.dropOld) {
          for (const vkey of await dropOldLogKeys(auditDatabaseUrl, logKeyFile)) say(`ended: ${vkey}`);
          return;
        }
        const { vkey } = await rotateLogKey(auditDatabaseUrl, logKeyFile);
        say(
          `Both keys sign from now on. Give out the new one, then run this again with --drop-old:\n${vkey}`,
        );
      }),
    );
}

async function status(): Promise<void> {
  const state = await withAudit(logState);
  const { text, problem } = describeState(state);
  say(text);
  if (problem) process.exitCode = 1;
}

async function setStrict(word: string): Promise<void> {
  if (word !== "on" && word !== "off") throw new Told("Say on or off.");
  await withAudit((query) => query("select audit.set_strict($1)", [word === "on"]));
  say(
    word === "on"
      ? "Strict mode is on: a reveal waits until the record of it is signed. Without a running worker nothing opens."
      : "Strict mode is off: a reveal waits for the commit of its record, not for the signature.",
  );
}

async function exportTo(folder: string): Promise<void> {
  const done = await withAudit((query) => exportLog(query, folder, progress("leaves written")));
  say(`${folder}\n${done.size} leaves, ${done.added} of them new, recorded as event ${done.eventId}`);
  if (done.unlogged > 0) {
    process.exitCode = 1;
    say(`ATTENTION: ${done.unlogged} events have no leaf. They are named in payload/unlogged.ndjson.`);
  }
}

async function prove(event: string, folder: string): Promise<void> {
  const files = { proof: join(folder, `${event}.tlog-proof`), leaf: join(folder, `${event}.leaf`) };
  for (const file of Object.values(files))
    if (existsSync(file)) throw new Told(`${file} exists. Nothing was written.`);
  const { proof, leaf, index, size } = await withAudit((query) => proveEvent(query, event.toLowerCase()));
  await writeFile(files.proof, proof, { flag: "wx", mode: 0o600 });
  await writeFile(files.leaf, leaf, { flag: "wx", mode: 0o600 });
  say(`${files.proof}\n${files.leaf}\nleaf ${index} of ${size}`);
}

type VerifyOptions = { vkey: string[]; since: string[]; witness: string[] };

async function verify(path: string, { vkey, since, witness }: VerifyOptions): Promise<void> {
  const keys = vkey.map((text) => readKey(text, "--vkey"));
  const witnesses = witness.map((text) => readKey(text, "--witness"));
  if (path.endsWith(".tlog-proof")) {
    if (since.length > 0)
      throw new Told("--since goes with an exported folder: the proof of one leaf does not tell it.");
    const { text, sound } = await verifyProof(path, keys, witnesses);
    say(text);
    if (!sound) process.exitCode = 1;
    return;
  }
  const started = performance.now();
  const verdict = await verifyExport({
    folder: path,
    keys,
    witnesses,
    since: await Promise.all(since.map((file) => readFile(fromWhereTheyStood(file), "utf8"))),
    onProgress: progress("leaves verified"),
  });
  say(describeVerdict(verdict, (performance.now() - started) / 1000));
  if (verdict.count > 0) process.exitCode = 1;
}

function readKey(text: string, option: string): Verifier {
  const verifier = parseVkey(text);
  if (!verifier) throw new Told(`${option} takes a key such as name+0123abcd+AbC…; this is none.`);
  return verifier;
}

async function withAudit<Result>(act: (query: Query) => Promise<Result>): Promise<Result> {
  const session = await openAuditSession(auditSettings().auditDatabaseUrl, "unseal:log-command");
  try {
    return await act(session.query);
  } finally {
    await session.end();
  }
}

/** Whatever was written for the operator is told; the rest goes to whoever called, who reduces it. */
async function telling(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const ours = [LogKeyRefused, ExportRefused, NoProof, LogStopped].some((kind) => error instanceof kind);
    throw ours && error instanceof Error ? new Told(error.message) : error;
  }
}

function progress(of: string): (done: number, all: number) => void {
  let told = Date.now();
  return (done, all) => {
    if (Date.now() - told < 1000) return;
    told = Date.now();
    process.stderr.write(`${done} of ${all} ${of}\n`);
  };
}

const collect = (value: string, before: string[]) => [...before, value];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
