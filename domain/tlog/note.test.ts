import { describe, expect, test } from "vitest";
import { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { cosign, verifyCosignature } from "./cosignature.ts";
import { leafHash, verifyInclusion } from "./merkle.ts";
import {
  formatVkey,
  isKeyName,
  keyIdOf,
  newSeed,
  openNote,
  parseNote,
  parseSignatureLine,
  parseVkey,
  privateKeyOf,
  publicKeyOf,
  type Signer,
  signNote,
  type Verifier,
} from "./note.ts";
import { formatProofFile, parseProofFile } from "./proofFile.ts";

function keyPair(
  name: string,
  kind: "ed25519" | "cosignature" = "ed25519",
): { signer: Signer; verifier: Verifier } {
  const seed = newSeed();
  const publicKey = publicKeyOf(seed);
  const verifier = parseVkey(formatVkey(name, kind, publicKey)) as Verifier;
  return { signer: { name, keyId: keyIdOf(name, kind, publicKey), key: privateKeyOf(seed) }, verifier };
}

/** The vector of c2sp.org/signed-note. */
const VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE = `This is an example message.

\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
const PUBLISHED = parseVkey(VKEY) as Verifier;

describe("signed notes", () => {
  test("the published example opens, and under its key alone", () => {
    expect(openNote(NOTE, [PUBLISHED])).toMatchObject({ text: "This is an example message.\n" });
    expect(openNote(NOTE, [keyPair("example.com/foo").verifier])).toEqual({ problem: "no-known-signature" });
    expect(openNote(NOTE, [])).toEqual({ problem: "no-known-signature" });
  });

  test.each([
    ["a word changed", NOTE.replace("example message", "example massage"), "bad-signature"],
    ["the final newline gone", NOTE.slice(0, -1), "not-a-note"],
    ["no signature", "This is an example message.\n\n", "not-a-note"],
    ["a control character", NOTE.replace("This", "Th\u0007is"), "not-a-note"],
    ["a hyphen for the dash", NOTE.replace("\u2014", "-"), "not-a-note"],
    [
      "the name of another",
      NOTE.replace("\u2014 example.com/foo", "\u2014 example.com/bar"),
      "no-known-signature",
    ],
    ["loose base64", NOTE.replace("aQM=", "aQM"), "not-a-note"],
    ["nothing at all", "", "not-a-note"],
  ])("with %s it does not open", (_, note, problem) => {
    expect(openNote(note, [PUBLISHED])).toEqual({ problem });
  });

  test("signatures of keys that nobody knows are passed over, a bad one of a known key spoils the note", () => {
    const [one, two] = [keyPair("one.example.org"), keyPair("two.example.org")];
    const note = signNote("text\n", [one.signer, two.signer]);
    expect(openNote(note, [two.verifier])).toMatchObject({ by: [two.verifier] });
    expect(openNote(note, [one.verifier, two.verifier])).toMatchObject({ by: [one.verifier, two.verifier] });
    const lines = note.split("\n");
    const forged = parseNote(signNote("other\n", [one.signer]))?.signatures[0]?.line as string;
    const mixed = note.replace(lines[2] as string, forged);
    expect(openNote(mixed, [one.verifier, two.verifier])).toEqual({ problem: "bad-signature" });
    expect(openNote(mixed, [two.verifier])).toMatchObject({ text: "text\n" });
  });

  test("sixteen signatures are read", () => {
    const keys = Array.from({ length: 16 }, (_, i) => keyPair(`k${i}.example.org`));
    const note = signNote(
      "text\n",
      keys.map((k) => k.signer),
    );
    expect(openNote(note, [keys[15]?.verifier as Verifier])).toMatchObject({ text: "text\n" });
  });

  test("a text that does not end its line is not signed", () => {
    expect(() => signNote("text", [keyPair("a.example.org").signer])).toThrow(TypeError);
  });
});

describe("vkeys", () => {
  test.each([
    ["another key id", VKEY.replace("530d903a", "530d903b")],
    ["another name", VKEY.replace("foo", "bar")],
    ["an unknown kind", VKEY.replace("AekyeRrm", "AukyeRrm")],
    ["a byte less", VKEY.slice(0, -4)],
    ["no plus", VKEY.replaceAll("+", "-")],
    ["nothing", ""],
  ])("with %s is none", (_, vkey) => {
    expect(parseVkey(vkey)).toBeUndefined();
  });

  test.each([
    ["example.org/log", true],
    ["a b", false],
    ["a+b", false],
    ["a\u00a0b", false],
    ["", false],
  ])("the name %j may stand for a key: %s", (name, allowed) => {
    expect(isKeyName(name)).toBe(allowed);
  });
});

describe("checkpoints", () => {
  const { signer, verifier } = keyPair("log.example.org/audit");
  const checkpoint = { origin: "log.example.org/audit", size: 7, root: leafHash(Buffer.from("x")) };

  test("come back as they were signed", () => {
    expect(openCheckpoint(signCheckpoint(checkpoint, [signer]), [verifier])).toMatchObject({ checkpoint });
  });

  test.each([
    ["007", undefined],
    ["-1", undefined],
    ["9999999999999999", undefined],
    ["0", 0],
    ["123", 123],
  ])("a size of %s reads as %s", (size, expected) => {
    const text = formatCheckpoint(checkpoint).replace("\n7\n", `\n${size}\n`);
    expect(parseCheckpoint(text)?.size).toBe(expected);
  });

  test("extension lines are let by, empty ones are not", () => {
    const text = formatCheckpoint(checkpoint);
    expect(parseCheckpoint(`${text}extension\n`)).toMatchObject(checkpoint);
    expect(parseCheckpoint(`${text}\nextension\n`)).toBeUndefined();
    expect(parseCheckpoint(text.slice(0, -1))).toBeUndefined();
  });

  test("of another log, or of no log, are said to be that", () => {
    const other = signCheckpoint({ ...checkpoint, origin: "other.example.org" }, [signer]);
    expect(openCheckpoint(other, [verifier])).toEqual({ problem: "other-log" });
    expect(openCheckpoint(signNote("words\n", [signer]), [verifier])).toEqual({
      problem: "not-a-checkpoint",
    });
  });
});

describe("cosignatures", () => {
  const log = keyPair("log.example.org/audit");
  const witness = keyPair("witness.example.org", "cosignature");
  const text = formatCheckpoint({
    origin: "log.example.org/audit",
    size: 7,
    root: leafHash(Buffer.from("x")),
  });
  const line = cosign(text, 1_700_000_000, witness.signer);
  const read = (given: string) =>
    parseSignatureLine(given) as NonNullable<ReturnType<typeof parseSignatureLine>>;

  test("tell when a witness saw the tree", () => {
    expect(verifyCosignature(text, read(line), witness.verifier)).toBe(1_700_000_000);
  });

  test("do not hold for another text, by another witness or with another time", () => {
    expect(verifyCosignature(`${text}x\n`, read(line), witness.verifier)).toBeUndefined();
    expect(
      verifyCosignature(text, read(line), keyPair("witness.example.org", "cosignature").verifier),
    ).toBeUndefined();
    const { signature, ...rest } = read(line);
    const later = Buffer.from(signature);
    later.writeBigUInt64BE(1_700_000_001n);
    expect(verifyCosignature(text, { ...rest, signature: later }, witness.verifier)).toBeUndefined();
    expect(
      verifyCosignature(text, { ...rest, signature: signature.subarray(1) }, witness.verifier),
    ).toBeUndefined();
  });

  test("are no signatures of a log, and signatures of a log are none of them", () => {
    const note = signNote(text, [log.signer]);
    const own = parseNote(note)?.signatures[0];
    expect(own && verifyCosignature(text, own, witness.verifier)).toBeUndefined();
    expect(openNote(`${note}${line}\n`, [log.verifier, witness.verifier])).toMatchObject({
      by: [log.verifier],
    });
  });
});

describe("proof files", () => {
  const { signer } = keyPair("log.example.org/audit");
  const leaf = leafHash(Buffer.from("x"));
  const checkpoint = signCheckpoint({ origin: "log.example.org/audit", size: 1, root: leaf }, [signer]);
  const file = formatProofFile({ index: 0, hashes: [], checkpoint });

  test("come back as they were written", () => {
    const hashes = [leaf, leafHash(Buffer.from("y"))];
    expect(parseProofFile(formatProofFile({ index: 12, hashes, checkpoint }))).toEqual({
      index: 12,
      hashes,
      checkpoint,
    });
    expect(parseProofFile(file)).toMatchObject({ index: 0, hashes: [] });
    expect(verifyInclusion(leaf, 0, 1, parseProofFile(file)?.hashes ?? [], leaf)).toBe(true);
  });

  test("may carry an extra line", () => {
    expect(parseProofFile(file.replace("index", "extra AAAA\nindex"))).toMatchObject({ index: 0 });
  });

  test.each([
    ["another version", file.replace("@v1", "@v2")],
    ["no index", file.replace("index 0\n", "")],
    ["a padded index", file.replace("index 0", "index 00")],
    ["a short hash", file.replace("index 0\n", "index 0\nAAAA\n")],
    ["an extra that is no base64", file.replace("index", "extra A!\nindex")],
    ["no checkpoint", file.slice(0, file.indexOf("\n\n"))],
  ])("with %s are none", (_, text) => {
    expect(parseProofFile(text)).toBeUndefined();
  });
});
