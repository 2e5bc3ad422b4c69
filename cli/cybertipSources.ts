import type { Command } from "commander";
import type { Sql } from "postgres";
import { listSources, removeSource, setSource } from "../server/cybertip/sources.ts";
import { Told } from "./tellFailure.ts";

interface Given {
  origin?: string[];
  header?: string;
  tokenFile?: string;
  inside?: boolean;
}

/** What the commands need of `unseal cybertip`. */
export interface Operator {
  readonly run: (act: (sql: Sql) => Promise<void>) => Promise<void>;
  /** First line of a file; `-` for standard input. */
  readonly firstLine: (path: string) => Promise<string>;
  readonly say: (line: string) => void;
}

/** `unseal cybertip sources`, `source …`: from where platforms' attachments are fetched when a report is filed. */
export function addSources(cybertip: Command, { run, firstLine, say }: Operator): void {
  cybertip
    .command("sources")
    .description("list from where platforms' attachments are fetched")
    .action(() =>
      run(async (sql) => {
        for (const { platform, origins, inside, header, hasToken } of await listSources(sql)) {
          const what =
            origins.length === 0
              ? "nothing is fetched"
              : `${origins.join(" ")}${inside ? " (may lie inside)" : ""}, ${hasToken ? `token in ${header}` : "no token"}`;
          say(`${platform.padEnd(22)}${what}`);
        }
      }),
    );
  const source = cybertip
    .command("source")
    .description("say from where a platform's attachments are fetched");
  source
    .command("set <platform>")
    .description("set origins and token; what is not named stays")
    .option("--origin <origin...>", "origins that may be asked, such as https://cdn.example.org")
    .option(
      "--token-file <path>",
      "file whose first line is the header's value; - reads it from standard input",
    )
    .option("--drop-token", "fetch without a token")
    .option("--header <name>", "header in which the token goes (default: authorization)")
    .option("--inside", "origins may lie on this machine or in a private network, without TLS")
    .option("--outside", "origins may not")
    .action((platform: string, given: Given & { dropToken?: boolean; outside?: boolean }) =>
      run(async (sql) => {
        if (given.inside && given.outside) throw new Told("Say --inside or --outside.");
        const change = {
          ...(given.origin && { origins: given.origin }),
          ...(given.header !== undefined && { header: given.header.toLowerCase() }),
          ...(given.inside || given.outside ? { inside: given.inside === true } : {}),
          ...(given.tokenFile !== undefined && { token: await firstLine(given.tokenFile) }),
          ...(given.dropToken && { token: null }),
        };
        if (Object.keys(change).length === 0) throw new Told("Name what is to be changed; --help lists it.");
        await setSource(sql, platform, change);
        say(`Attachments of ${platform} are fetched as told.`);
      }),
    );
  source
    .command("remove <platform>")
    .description("fetch nothing for a platform any more; its token goes")
    .action((platform: string) =>
      run(async (sql) => {
        await removeSource(sql, platform);
        say(`Nothing is fetched for ${platform} any more.`);
      }),
    );
}
