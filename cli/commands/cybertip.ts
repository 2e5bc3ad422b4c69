import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Sql } from "postgres";
import { adminSettings } from "../../environment/settings.ts";
import { closeEverything } from "../../environment/shutdown.ts";
import { checkService } from "../../server/cybertip/filing/checkService.ts";
import {
  type CyberTipChange,
  CyberTipError,
  type CyberTipSettings,
  configureCyberTip,
  setLive,
  settleReport,
  showSettings,
} from "../../server/cybertip/operator.ts";
import { addSources } from "../cybertipSources.ts";
import { Told } from "../tellFailure.ts";
import { withAdmin } from "../withAdmin.ts";

interface Given {
  environment?: "production" | "test" | "local";
  base?: string;
  username?: string;
  passwordFile?: string;
  reporter?: string;
  schemaVersion?: string;
  dueHours?: number;
  mostBytes?: number;
}

/** `unseal cybertip …`: how CyberTip reports leave. Live submission is off until somebody switches it on here. */
export function register(program: Command): void {
  const cybertip = program.command("cybertip").description("set how CyberTip reports reach NCMEC");

  cybertip
    .command("configure")
    .description("set environment, credentials, reporter and limits; what is not named stays")
    .addOption(
      new Option("--environment <name>", "which of NCMEC's services; local is for tests").choices([
        "production",
        "test",
        "local",
      ]),
    )
    .option("--base <url>", "address of a local service")
    .option("--username <name>", "as NCMEC gave it, for this environment")
    .option("--password-file <path>", "file whose first line is the password; - reads it from standard input")
    .option(
      "--reporter <path>",
      "JSON: reportingPerson, contactPerson, companyTemplate, termsOfService, legalURL",
    )
    .option("--schema-version <version>", "of the schema that reports are written by")
    .option("--due-hours <n>", "hours within which a report is to be filed", count)
    .option("--most-bytes <n>", "most that is fetched of one file", count)
    .action((given: Given) => asOperator((sql) => configure(sql, given)));

  cybertip
    .command("live <on|off>")
    .description("switch live submission; exports to be filed by hand work either way")
    .action((word: string) =>
      asOperator(async (sql) => {
        if (word !== "on" && word !== "off") throw new Told("Say on or off.");
        await setLive(sql, word === "on");
        say(`Live submission is ${word}.`);
      }),
    );

  cybertip
    .command("status")
    .description("show the settings, without the password")
    .action(() => asOperator(async (sql) => show(await showSettings(sql))));

  cybertip
    .command("check")
    .description("ask the service whether it knows us, and compare its schema with ours")
    .action(() => closing(check));

  addSources(cybertip, { run: asOperator, firstLine, say });

  cybertip
    .command("settle <number> <filed|not-filed>")
    .description("record what NCMEC said of a report that the service would not tell of")
    .requiredOption("--reason <text>", "who said so, when and how")
    .action((number: string, word: string, { reason }: { reason: string }) =>
      asOperator(async (sql) => {
        if (word !== "filed" && word !== "not-filed") throw new Told("Say filed or not-filed.");
        if (!/^\d{1,15}$/.test(number)) throw new Told("Give the report's number, as the register shows it.");
        await settleReport(sql, Number(number), word === "filed", reason);
        say(
          word === "filed" ? "Recorded: it is filed." : "Recorded: it was not filed. It can be tried again.",
        );
      }),
    );
}

async function configure(sql: Sql, given: Given): Promise<void> {
  const { passwordFile, reporter, ...rest } = given;
  const change: CyberTipChange = {
    ...rest,
    ...(passwordFile !== undefined && { password: await firstLine(passwordFile) }),
    ...(reporter !== undefined && { reporter: await document(reporter) }),
  };
  if (Object.keys(change).length === 0) throw new Told("Name what is to be changed; --help lists it.");
  await configureCyberTip(sql, change);
  show(await showSettings(sql));
}

async function check(): Promise<void> {
  const found = await checkService();
  if (!found) throw new Told("No credentials are set. `unseal cybertip configure` sets them.");
  say(`${found.environment}: ${found.says}`);
  const { schema } = found;
  if (schema) {
    say(`schema ${schema.version}: ${SCHEMA_WORDS[schema.outcome]}`);
    for (const { path, says } of schema.differences) say(`  ${path}: ${says}`);
  }
  if (!found.known || schema?.outcome === "changed") process.exitCode = 1;
}

const SCHEMA_WORDS = {
  same: "the service's is the same",
  additions: "the service's has more, which may be left out",
  changed: "the service's is another: reports may be refused. A newer release of this console may know it",
  failed: "the service's could not be compared",
} as const;

function show(settings: CyberTipSettings): void {
  const { environment, base, username, hasPassword, reporter, live, schemaCheck } = settings;
  const lines: [string, string][] = [
    ["environment", base === null ? environment : `${environment} (${base})`],
    ["live submission", live ? "on" : "off"],
    ["user name", username ?? "not set"],
    ["password", hasPassword ? "set" : "not set"],
    ["reporter", reporter === null || reporter === undefined ? "not set" : "set"],
    ["schema version", settings.schemaVersion],
    ["schema compared", schemaCheck ? `${schemaCheck.checkedAt}: ${schemaCheck.outcome}` : "never"],
    ["to be filed within", `${settings.dueHours} hours`],
    ["most of one file", `${settings.mostBytes} bytes`],
    ["being filed", String(settings.filing)],
    ["waiting for a person", String(settings.stuck)],
  ];
  for (const [name, value] of lines) say(`${name.padEnd(22)}${value}`);
}

async function firstLine(path: string): Promise<string> {
  const text = path === "-" ? await standardInput() : await readFile(path, "utf8");
  const [line = ""] = text.split(/\r?\n/, 1);
  if (line === "") throw new Told("The password is empty.");
  return line;
}

async function standardInput(): Promise<string> {
  process.stdin.setEncoding("utf8");
  let text = "";
  for await (const piece of process.stdin) text += piece;
  return text;
}

async function document(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Told("The reporter's file is not JSON.");
    throw error;
  }
}

async function asOperator(act: (sql: Sql) => Promise<void>): Promise<void> {
  try {
    await closing(() => withAdmin(adminSettings().adminDatabaseUrl, act));
  } catch (error) {
    throw error instanceof CyberTipError ? new Told(error.message) : error;
  }
}

async function closing(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } finally {
    await closeEverything();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function count(word: string): number {
  if (!/^[1-9]\d{0,14}$/.test(word)) throw new InvalidArgumentError("Give a whole number, 1 or more.");
  return Number(word);
}
