import { type Command, InvalidArgumentError } from "commander";
import type { Sql } from "postgres";
import { adminSettings } from "../../environment/settings.ts";
import { closeEverything } from "../../environment/shutdown.ts";
import {
  configureLegal,
  type LegalChange,
  type LegalSettings,
  LegalSettingsError,
  showLegalSettings,
} from "../../server/legal/operator.ts";
import { Told } from "../tellFailure.ts";
import { withAdmin } from "../withAdmin.ts";

/** `unseal legal …`: limits of the register of lawful requests, and what packets say of the provider. */
export function register(program: Command): void {
  const legal = program
    .command("legal")
    .description("set limits of lawful requests, and what packets say of the provider");

  legal
    .command("configure")
    .description("set limits, holidays and what packets say of the provider; what is not named stays")
    .option("--most-document-bytes <n>", "most that is taken of one document", count)
    .option("--most-documents <n>", "most documents of one request", count)
    .option("--broad-accounts <n>", "accounts above which a request is called overbroad", count)
    .option("--broad-days <n>", "days above which it is", count)
    .option("--broad-messages <n>", "messages above which it is", count)
    .option("--check-days <n>", "days for which a check of the requester counts", count)
    .option(
      "--holidays <days>",
      "beside those of the jurisdictions: 2026-05-01,2026-05-08; none with -",
      days,
    )
    .option("--organisation <name>", "who produces, as packets and certificates say")
    .option("--address <address>", "its address")
    .option("--contact-name <name>", "whom recipients may ask")
    .option("--contact-email <address>", "and where")
    .option("--contact-phone <number>", "or under which number")
    .option("--bates-prefix <word>", "what stands before the numbers of records, from the next packet on")
    .option("--most-attachment-bytes <n>", "most that is fetched of one attachment", count)
    .action((change: LegalChange) =>
      asOperator(async (sql) => {
        if (Object.keys(change).length === 0) throw new Told("Name what is to be changed; --help lists it.");
        await configureLegal(sql, change);
        show(await showLegalSettings(sql));
      }),
    );

  legal
    .command("status")
    .description("show the settings")
    .action(() => asOperator(async (sql) => show(await showLegalSettings(sql))));
}

function show(settings: LegalSettings): void {
  const lines: [string, string][] = [
    ["most of one document", `${settings.mostDocumentBytes} bytes`],
    ["documents of a request", String(settings.mostDocuments)],
    [
      "overbroad above",
      `${settings.broadAccounts} accounts, ${settings.broadDays} days, ${settings.broadMessages} messages`,
    ],
    ["a check counts for", `${settings.checkDays} days`],
    ["further holidays", settings.holidays.join(", ") || "none"],
    ["organisation", settings.organisation ?? "the platforms' names"],
    ["address", settings.address ?? "none"],
    [
      "contact",
      [settings.contactName, settings.contactEmail, settings.contactPhone].filter(Boolean).join(", ") ||
        "none",
    ],
    ["Bates prefix", settings.batesPrefix],
    ["most of one attachment", `${settings.mostAttachmentBytes} bytes`],
    ["changed", settings.changedAt],
  ];
  for (const [name, value] of lines) process.stdout.write(`${name.padEnd(24)}${value}\n`);
}

async function asOperator(act: (sql: Sql) => Promise<void>): Promise<void> {
  try {
    await withAdmin(adminSettings().adminDatabaseUrl, act);
  } catch (error) {
    throw error instanceof LegalSettingsError ? new Told(error.message) : error;
  } finally {
    await closeEverything();
  }
}

function count(word: string): number {
  if (!/^[1-9]\d{0,14}$/.test(word)) throw new InvalidArgumentError("Give a whole number, 1 or more.");
  return Number(word);
}

function days(words: string): string[] {
  if (words === "-") return [];
  const found = words.split(",").map((day) => day.trim());
  for (const day of found)
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
      throw new InvalidArgumentError("Give days as 2026-05-01, with commas between them.");
  return found;
}
