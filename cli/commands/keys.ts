import type { Command } from "commander";
import { closeEverything } from "../../environment/shutdown.ts";
import { listKeys } from "../../server/disclosure/listKeys.ts";
import { type Rotation, RotationUnderWay, rotateKeys } from "../../server/disclosure/rotateKeys.ts";
import { Told } from "../tellFailure.ts";

const SHOWN = 20;

/** `unseal keys …`: the key-encryption keys that wrap every thread's data keys. Needs WORKER_DATABASE_URL and the key file. */
export function register(program: Command): void {
  const keys = program.command("keys").description("list and rotate the key-encryption keys");

  keys
    .command("list")
    .description("every key-encryption key, and how many data keys it wraps")
    .action(() =>
      closing(async () => {
        for (const kek of await listKeys()) {
          const mark = kek.current
            ? "current"
            : kek.known
              ? "older"
              : "MISSING from the key file: its threads do not open";
          say([kek.id, kek.createdAt ?? "-", `${kek.keys} data keys`, mark].join("\t"));
        }
      }),
    );

  keys
    .command("rotate")
    .description(
      "add a key-encryption key and wrap every data key anew by it, while the console runs; finishes one that was broken off",
    )
    .option(
      "--drop-old",
      "afterwards remove older keys that wrap nothing; database backups from before then no longer open",
    )
    .action((options: { dropOld?: boolean }) => closing(() => rotate(options.dropOld === true)));
}

async function rotate(dropOld: boolean): Promise<void> {
  const started = Date.now();
  let told = 0;
  const rotation = await rotateKeys({
    dropOld,
    onProgress: ({ rewrapped, of }) => {
      if (Date.now() - told < 500) return;
      told = Date.now();
      process.stderr.write(`${rewrapped} of ${of} data keys\n`);
    },
  }).catch((error: unknown) => {
    throw error instanceof RotationUnderWay ? new Told(error.message) : error;
  });
  report(rotation, (Date.now() - started) / 1000);
  if (rotation.damaged.length > 0) throw new Told(damage(rotation));
}

function report({ kekId, resumed, rewrapped, dropped, kept }: Rotation, seconds: number): void {
  if (resumed) say("An earlier rotation had not finished: it has now. Run this again to add a new key.");
  say(`${rewrapped} data keys are wrapped anew by ${kekId}, in ${seconds.toFixed(1)} s.`);
  for (const id of dropped) say(`${id} wraps nothing any more and was removed.`);
  for (const { kekId: id, keys } of kept) say(`${id} was kept: it still wraps ${keys} data keys.`);
  say("Back the key file up now, apart from the database: without it no thread opens.");
}

function damage({ damaged }: Rotation): string {
  const shown = damaged
    .slice(0, SHOWN)
    .map((key) => `  thread ${key.threadId}  key ${key.keyId}  (${key.kekId})`);
  const more = damaged.length > SHOWN ? [`  … and ${damaged.length - SHOWN} more`] : [];
  return [
    `${damaged.length} data keys do not open and were left as they lie. Restore them from a backup of the database:`,
    ...shown,
    ...more,
  ].join("\n");
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
