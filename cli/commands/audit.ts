import { existsSync } from "node:fs";
import { type Command, Option } from "commander";
import { closeEverything } from "../../environment/shutdown.ts";
import { fromWhereTheyStood } from "../../environment/startedFrom.ts";
import { exportAsOperator, operatorExportQuery } from "../../server/audit/exportAsOperator.ts";
import { exportToFile } from "../../server/audit/exportToFile.ts";
import { Told } from "../tellFailure.ts";

interface Options {
  out: string;
  format: "csv" | "ndjson";
  from?: string;
  until?: string;
}

/** `unseal audit …`: the log at the command line, as the database role that reads it and nothing else. */
export function register(program: Command): void {
  const audit = program.command("audit").description("take the audit log away as a file");
  audit
    .command("export")
    .description("write the log to a file, oldest first; the export is itself an event of the log")
    .requiredOption("--out <file>", "file to write, mode 0600; one that exists is not replaced")
    .addOption(
      new Option("--format <format>", "csv for spreadsheets, ndjson to verify or load elsewhere")
        .choices(["csv", "ndjson"])
        .makeOptionMandatory(),
    )
    .option("--from <instant>", "from this instant on, e.g. 2026-01-01T00:00:00Z")
    .option("--until <instant>", "up to, and without, this instant")
    .action(async (options: Options) => {
      try {
        await exportLog(options);
      } finally {
        await closeEverything();
      }
    });
}

async function exportLog({ out, ...given }: Options): Promise<void> {
  const asked = operatorExportQuery.safeParse(given);
  if (!asked.success) throw new Told("--from and --until take instants such as 2026-01-01T00:00:00Z.");
  const path = fromWhereTheyStood(out);
  // Looked at before the export is recorded, so that a slip of the hand does not stand in the log as an export.
  if (existsSync(path)) throw new Told(`${path} exists. Nothing was exported; choose another name.`);
  const made = await exportAsOperator(asked.data);
  let written = 0;
  let told = 0;
  await exportToFile(made, path, (bytes) => {
    written = bytes;
    if (Date.now() - told < 1000) return;
    told = Date.now();
    process.stderr.write(`${(bytes / 1_000_000).toFixed(1)} MB written\n`);
  });
  process.stdout.write(`${path}\n${written} bytes, recorded as event ${made.eventId}\n`);
}
