import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Command, CommanderError } from "commander";
import { loadSettings } from "./loadSettings.ts";
import { tellFailure } from "./tellFailure.ts";

/** What a file in `commands/` exports. The file's name is the command's. */
type CommandFile = { register(program: Command): void };

const folder = join(import.meta.dirname, "commands");
const root = resolve(import.meta.dirname, "..");
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => name.slice(0, -3))
  .sort();

const program = new Command("unseal")
  .description("Unseal from the command line: for operators and platforms.")
  .option("--env-file <path>", "file with settings (default: .env.unseal, .env, or the demo's)")
  .hook("preAction", (main, command) =>
    loadSettings(root, command.name(), main.opts<{ envFile?: string }>().envFile),
  )
  .showHelpAfterError("(--help lists what there is)")
  .exitOverride();

/** Only the file of the command that was asked for is loaded, so that one that is broken breaks nothing else. */
async function registerCommands(wanted: string | undefined): Promise<void> {
  const only = wanted !== undefined && names.includes(wanted) ? [wanted] : names;
  for (const name of only) {
    try {
      const file: CommandFile = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
      file.register(program);
    } catch (cause) {
      if (only.length === 1) throw cause;
      program.command(name, { hidden: false }).description("(cannot be loaded)");
    }
  }
}

try {
  await registerCommands(process.argv.slice(2).find((word) => !word.startsWith("-")));
  await program.parseAsync(process.argv);
} catch (cause) {
  if (cause instanceof CommanderError) process.exitCode = cause.exitCode;
  else {
    tellFailure(cause);
    process.exitCode = 1;
  }
}
