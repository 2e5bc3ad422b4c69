import { type Command, InvalidArgumentError } from "commander";
import type { Sql } from "postgres";
import { adminSettings } from "../../environment/settings.ts";
import {
  createFeedKey,
  type FeedKey,
  FeedKeyError,
  listFeedKeys,
  revokeFeedKey,
} from "../../server/siem/operator.ts";
import { Told } from "../tellFailure.ts";
import { withAdmin } from "../withAdmin.ts";

/** `unseal siem-keys …`: bearer keys of machines that read events. A key is shown once; the database keeps its SHA-256. */
export function register(program: Command): void {
  const keys = program
    .command("siem-keys")
    .description("create, revoke and list keys with which machines read events");

  keys
    .command("create")
    .description("make a key, shown once, for GET /api/audit/feed")
    .requiredOption("--label <text>", "what it is for")
    .option("--expires <days>", "let it end by itself, e.g. 90d", days)
    .option("--from-index <n>", "nothing before this place in the log", place, 0)
    .action((given: { label: string; expires?: number; fromIndex: number }) =>
      asOperator(async (sql) => {
        const until = given.expires === undefined ? null : new Date(Date.now() + given.expires * 86_400_000);
        const { id, key } = await createFeedKey(sql, given.label, until, given.fromIndex);
        say(`${id}${until ? `  until ${until.toISOString()}` : ""}\nkey, shown this once: ${key}`);
      }),
    );

  keys
    .command("revoke <key-id>")
    .description("let a key read nothing more, from this moment")
    .action((id: string) =>
      asOperator(async (sql) => {
        await revokeFeedKey(sql, id);
        say("Revoked.");
      }),
    );

  keys
    .command("list")
    .description("list keys with their state and last use")
    .action(() =>
      asOperator(async (sql) => {
        for (const key of await listFeedKeys(sql))
          say([key.id, key.label, key.scopes.join(","), stateOf(key), lastUse(key)].join("\t"));
      }),
    );
}

async function asOperator(act: (sql: Sql) => Promise<void>): Promise<void> {
  try {
    await withAdmin(adminSettings().adminDatabaseUrl, act);
  } catch (error) {
    throw error instanceof FeedKeyError ? new Told(error.message) : error;
  }
}

function stateOf({ revokedAt, expiresAt }: FeedKey): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  if (!expiresAt) return "in use";
  return `${expiresAt.getTime() > Date.now() ? "until" : "ended"} ${expiresAt.toISOString()}`;
}

function lastUse({ lastUsedAt, lastIndex }: FeedKey): string {
  return lastUsedAt ? `last used ${lastUsedAt.toISOString()}, up to index ${lastIndex ?? "–"}` : "never used";
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function days(word: string): number {
  const count = /^(\d{1,4})d$/.exec(word)?.[1];
  if (!count) throw new InvalidArgumentError("Give days, e.g. 90d.");
  return Number(count);
}

function place(word: string): number {
  if (!/^\d{1,15}$/.test(word)) throw new InvalidArgumentError("Give a whole number, 0 or more.");
  return Number(word);
}
