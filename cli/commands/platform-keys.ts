import { type Command, InvalidArgumentError } from "commander";
import {
  createKey,
  KEY_SCOPES,
  type KeyScope,
  listKeys,
  type PlatformKey,
  revokeKey,
  rotateKey,
} from "../../server/intake/operator.ts";
import { asOperator, say } from "./platforms.ts";

const HOUR = 3_600_000;

/** `unseal platform-keys …`: the bearer keys of platforms. A key is shown once; the database keeps its SHA-256. */
export function register(program: Command): void {
  const keys = program
    .command("platform-keys")
    .description("create, rotate, revoke and list platforms' keys");

  keys
    .command("create <platform>")
    .description("make a key, shown once")
    .option("--label <text>", "what it is for", "intake")
    .option("--expires <duration>", "let it end by itself, e.g. 90d", duration)
    .option("--scope <list>", `what it may do: ${KEY_SCOPES.join(", ")}; several with commas`, scopes, [
      "flags:write",
    ] as KeyScope[])
    .action((platform: string, given: { label: string; expires?: number; scope: KeyScope[] }) =>
      asOperator(async (sql) => {
        const until = given.expires === undefined ? null : new Date(Date.now() + given.expires);
        const { id, key } = await createKey(sql, platform, given.label, until, given.scope);
        say(`${id}${until ? `  until ${until.toISOString()}` : ""}\nkey, shown this once: ${key}`);
      }),
    );

  keys
    .command("rotate <key-id>")
    .description("make a key that replaces another; both hold for the overlap")
    .option("--overlap <duration>", "how long the old key goes on, e.g. 24h, 0h", duration, 24 * HOUR)
    .action((id: string, given: { overlap: number }) =>
      asOperator(async (sql) => {
        const fresh = await rotateKey(sql, id, given.overlap);
        say(
          `${fresh.id}\nkey, shown this once: ${fresh.key}\nthe old key ends ${new Date(Date.now() + given.overlap).toISOString()} at the latest`,
        );
      }),
    );

  keys
    .command("revoke <key-id>")
    .description("let a key in no more, from this moment")
    .action((id: string) =>
      asOperator(async (sql) => {
        await revokeKey(sql, id);
        say("Revoked.");
      }),
    );

  keys
    .command("list [platform]")
    .description("list keys with their state and last use")
    .action((platform: string | undefined) =>
      asOperator(async (sql) => {
        for (const key of await listKeys(sql, platform ?? null))
          say([key.id, key.platform, key.label, key.scopes.join(","), stateOf(key), lastUse(key)].join("\t"));
      }),
    );
}

function stateOf({ revokedAt, expiresAt }: PlatformKey): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  if (!expiresAt) return "in use";
  return `${expiresAt.getTime() > Date.now() ? "until" : "ended"} ${expiresAt.toISOString()}`;
}

function lastUse({ lastUsedAt }: PlatformKey): string {
  return lastUsedAt ? `last used ${lastUsedAt.toISOString()}` : "never used";
}

function scopes(list: string): KeyScope[] {
  const named = list.split(",").map((word) => KEY_SCOPES.find((scope) => scope === word.trim()));
  if (named.length === 0 || named.some((scope) => scope === undefined))
    throw new InvalidArgumentError(`Name one or more of ${KEY_SCOPES.join(", ")}, with commas between.`);
  return [...new Set(named.filter((scope) => scope !== undefined))];
}

function duration(word: string): number {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(word) ?? [];
  if (!count) throw new InvalidArgumentError("Give hours or days, e.g. 24h or 30d.");
  return Number(count) * (unit === "d" ? 24 * HOUR : HOUR);
}
