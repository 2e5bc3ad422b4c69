import type { Command } from "commander";
import { parseVkey, type Verifier } from "../../domain/tlog/note.ts";
import { packetSettings } from "../../environment/settings.ts";
import { fromWhereTheyStood } from "../../environment/startedFrom.ts";
import { makePacketKey, PacketKeyRefused, readPacketKey } from "../../server/packet/signingKey.ts";
import { describePacket } from "../../server/packet/verify/describePacket.ts";
import { verifyPacket } from "../../server/packet/verify/verifyPacket.ts";
import { Told } from "../tellFailure.ts";

interface VerifyOptions {
  vkey: string[];
  logVkey: string[];
  witness: string[];
  json?: boolean;
}

/** `unseal packet …`: packets for lawful requests. Whoever receives one needs `verify` alone, and neither settings nor database. */
export function register(program: Command): void {
  const packet = program
    .command("packet")
    .description("packets for lawful requests: verify one, and the key they are signed with");

  packet
    .command("verify")
    .argument("<file>", "a packet as it came (….zip), or the folder that it was unpacked to")
    .option(
      "--vkey <key>",
      "public key of the packet's sender, as it was given to you; may be repeated",
      collect,
      [],
    )
    .option("--log-vkey <key>", "public key of the sender's log; may be repeated", collect, [])
    .option(
      "--witness <key>",
      "public key of a witness that must have cosigned; may be repeated",
      collect,
      [],
    )
    .option("--json", "write the verdict as JSON")
    .description("verify, offline and without a database; exit code 1 when anything is wrong")
    .action((file: string, options: VerifyOptions) => verify(fromWhereTheyStood(file), options));

  packet
    .command("vkey")
    .description(
      "print the public key that packets are verified with: publish it by another way than packets travel",
    )
    .action(() =>
      telling(async () => {
        const { packetKeyFile } = packetSettings();
        if (packetKeyFile === null)
          throw new Told(
            "No key is set. Make one with `unseal packet key new` and set PACKET_SIGNING_KEY_FILE to its file.",
          );
        say((await readPacketKey(packetKeyFile)).vkey);
      }),
    );

  packet
    .command("key")
    .description("the key that packets are signed with")
    .command("new")
    .requiredOption("--name <name>", "the key's name for ever: an address without a scheme")
    .option("--out <file>", "file to write, mode 0600", "unseal-packet-key.json")
    .description(
      "make a key; packets that were signed with another stay verifiable with that one's public half",
    )
    .action(({ name, out }: { name: string; out: string }) =>
      telling(async () => {
        const path = fromWhereTheyStood(out);
        const { vkey } = await makePacketKey(path, name);
        say(`${path} (set PACKET_SIGNING_KEY_FILE to it; back it up)`);
        say(`Publish this public key by another way than packets travel:\n${vkey}`);
      }),
    );
}

async function verify(path: string, { vkey, logVkey, witness, json }: VerifyOptions): Promise<void> {
  if (vkey.length === 0)
    throw new Told("Give the sender's public key with --vkey, as it came by another way than the packet.");
  const keys = vkey.map((text) => readKey(text, "--vkey"));
  const logKeys = logVkey.map((text) => readKey(text, "--log-vkey"));
  const witnesses = witness.map((text) => readKey(text, "--witness"));
  if (witnesses.length > 0 && logKeys.length === 0)
    throw new Told("--witness goes with --log-vkey: a witness vouches for a log whose key you have.");
  const started = performance.now();
  const verdict = await verifyPacket({ path, keys, logKeys, witnesses, onProgress: progress() });
  if (json) say(JSON.stringify({ sound: verdict.count === 0, ...verdict }, null, 2));
  else say(describePacket(verdict, (performance.now() - started) / 1000));
  if (verdict.count > 0) process.exitCode = 1;
}

function readKey(text: string, option: string): Verifier {
  const verifier = parseVkey(text);
  if (!verifier) throw new Told(`${option} takes a key such as name+0123abcd+AbC…; this is none.`);
  return verifier;
}

async function telling(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw error instanceof PacketKeyRefused ? new Told(error.message) : error;
  }
}

function progress(): (step: string, done: number, all: number) => void {
  let told = Date.now();
  return (step, done, all) => {
    if (Date.now() - told < 1000) return;
    told = Date.now();
    process.stderr.write(`${done} of ${all} ${step}\n`);
  };
}

const collect = (value: string, before: string[]) => [...before, value];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
