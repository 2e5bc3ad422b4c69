import { type Command, Option } from "commander";
import { adminSettings } from "../../environment/settings.ts";
import { closeEverything } from "../../environment/shutdown.ts";
import { examine } from "../../server/doctor/examine.ts";
import { CHECKS, type Check } from "../../server/doctor/finding.ts";
import { Told } from "../tellFailure.ts";
import { withAdmin } from "../withAdmin.ts";

interface Options {
  only?: Check[];
  json?: boolean;
}

/** `unseal doctor`: has anybody been at the database behind the product's back? Needs ADMIN_DATABASE_URL and the key files. */
export function register(program: Command): void {
  program
    .command("doctor")
    .description(
      "look whether tables, functions, rights, records, ciphertexts and the log are as Unseal left them; changes nothing",
    )
    .addOption(new Option("--only <checks...>", "make these checks alone").choices(CHECKS))
    .option("--json", "one finding a line, as JSON, on standard output")
    .action(async ({ only = [...CHECKS], json = false }: Options) => {
      const url = adminSettings().adminDatabaseUrl;
      try {
        const { findings, done, notDone } = await withAdmin(url, (sql) =>
          examine(sql, url, { checks: only, onProgress: (line) => process.stderr.write(`${line}\n`) }),
        );
        for (const finding of findings) {
          const { check, code, where, what } = finding;
          process.stdout.write(
            json ? `${JSON.stringify(finding)}\n` : `${check}: ${code}\n  ${where}\n  ${what}\n`,
          );
        }
        for (const { check, why } of notDone)
          process.stderr.write(`${check}: could not be checked. ${why}\n`);
        if (findings.length > 0 || notDone.length > 0)
          throw new Told(
            `${findings.length} findings; ${done.length} of ${only.length} checks were made. Keep the database as it is until they are explained.`,
          );
        process.stderr.write(`Nothing is amiss: ${done.join(", ")}.\n`);
      } finally {
        await closeEverything();
      }
    });
}
