import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { demoKeyFile } from "../../db/seed/demoKeyFile.ts";
import { CATEGORIES, type Category } from "../../domain/vocabulary.ts";
import { commonSettings, listenSettings } from "../../environment/settings.ts";
import { fromWhereTheyStood } from "../../environment/startedFrom.ts";
import { type ImportProgress, type ImportResult, importTable } from "../import/importTable.ts";
import { Told } from "../tellFailure.ts";

interface Given {
  columns: { text: string; label: string | null };
  url?: string;
  key?: string;
  keyFile?: string;
  category?: Category;
  delimiter: string;
  seed: number;
}

/** `unseal import messages.csv --columns label,text`: a table of messages, through the real HTTP intake. */
export function register(program: Command): void {
  program
    .command("import <file>")
    .description("send a table of messages (CSV, UTF-8) through intake, as threads of 1 to 20 messages")
    .requiredOption("--columns <names>", "the column of the text, or of label and text: label,text", columns)
    .option("--url <origin>", "where intake is served (default: this machine, as the settings say)")
    .option("--key <key>", "the platform's key; --key-file keeps it out of the list of processes")
    .option("--key-file <path>", "file that holds the key (default: the demo's)")
    .option("--category <name>", `flag every thread for this: ${CATEGORIES.join(", ")}`, category)
    .option("--delimiter <character>", "what stands between columns; “tab” for a tabulator", delimiter, ",")
    .option("--seed <number>", "how rows are cut into threads; the same seed cuts them alike", seed, 1)
    .action(async (file: string, given: Given) => {
      const result = await importTable({
        path: fromWhereTheyStood(file),
        ...given.columns,
        delimiter: given.delimiter,
        category: given.category ?? null,
        seed: given.seed,
        baseUrl: given.url ?? ownUrl(),
        key: await keyOf(given),
        onProgress: progressLine(),
      });
      if (process.stderr.isTTY) process.stderr.write("\n");
      process.stdout.write(told(result));
      if (!result.summary.complete || result.refusedCount > 0) process.exitCode = 1;
    });
}

function columns(names: string): Given["columns"] {
  const list = names.split(",").map((name) => name.trim());
  const [first, second] = list;
  if (!first || list.length > 2 || second === "")
    throw new InvalidArgumentError("Give one column or two: label,text");
  return second === undefined ? { text: first, label: null } : { label: first, text: second };
}

function category(word: string): Category {
  const found = CATEGORIES.find((one) => one === word);
  if (!found) throw new InvalidArgumentError(`Known are: ${CATEGORIES.join(", ")}.`);
  return found;
}

function delimiter(word: string): string {
  const one = word === "tab" ? "\t" : word;
  if (one.length !== 1 || one === '"') throw new InvalidArgumentError("Give one character, or “tab”.");
  return one;
}

function seed(word: string): number {
  if (!/^\d{1,9}$/.test(word)) throw new InvalidArgumentError("Give a whole number.");
  return Number(word);
}

function ownUrl(): string {
  const { host, port } = listenSettings();
  const reach = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reach.includes(":") ? `[${reach}]` : reach}:${port}`;
}

async function keyOf(given: Given): Promise<string> {
  if (given.key) return given.key;
  const path = given.keyFile
    ? fromWhereTheyStood(given.keyFile)
    : demoKeyFile(resolve(import.meta.dirname, "../..", commonSettings().dataDir));
  const key = (await readFile(path, "utf8").catch(() => "")).trim();
  if (key === "")
    throw new Told(
      given.keyFile
        ? `${path} holds no key.`
        : "No key was given and no demo is here. Give --key-file; `unseal platform-keys create` makes a key.",
    );
  return key;
}

/** One line that is drawn over on a terminal, and one now and then where output is kept. */
function progressLine(): (progress: ImportProgress) => void {
  const began = performance.now();
  let shown = 0;
  return ({ share, messages, threads }) => {
    const now = performance.now();
    if (now - shown < (process.stderr.isTTY ? 100 : 2_000)) return;
    shown = now;
    const rate = Math.round(messages / ((now - began) / 1000));
    const line = `${Math.floor(share * 100)} % read, ${number(messages)} messages in ${number(threads)} threads, ${number(rate)} a second`;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  };
}

function told({ rows, messages, threads, seconds, refused, refusedCount, summary }: ImportResult): string {
  const lines = [
    `${number(rows)} rows read, ${number(messages)} messages in ${number(threads)} threads taken in, ` +
      `${seconds.toFixed(1)} s (${number(Math.round(messages / seconds))} messages a second)`,
    refusedCount === 0 ? "no row was refused" : `${number(refusedCount)} rows were refused:`,
    ...refused.slice(0, 50).map(({ line, why }) => `  line ${line} ${why}`),
    ...(refusedCount > 50 ? [`  and ${number(refusedCount - 50)} more`] : []),
  ];
  if (!summary.complete)
    lines.push(
      `intake did not read it all: ${summary.problem?.title ?? "unknown cause"}. Import again; nothing doubles.`,
    );
  return `${lines.join("\n")}\n`;
}

function number(n: number): string {
  return n.toLocaleString("en");
}
