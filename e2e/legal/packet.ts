import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { extractText, getDocumentProxy } from "unpdf";
import { openZip } from "../../domain/packet/test/openZip.ts";
import { ROOT } from "../../scripts/root.ts";

const run = promisify(execFile);

/** A packet as a recipient has it: unpacked by somebody else's program, below one folder. */
export interface Packet {
  readonly folder: string;
  readonly files: ReadonlyMap<string, Buffer>;
  forget(): void;
}

/** Whether a machine lacks a program. */
const missing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/**
 * Unpacks a packet with `unzip`, which also tests every member; with another library where that program is not.
 *
 * @throws when it is not sound
 */
export async function unpack(zip: string): Promise<Packet> {
  const folder = mkdtempSync(join(tmpdir(), "unseal-packet-"));
  try {
    await run("unzip", ["-tqq", zip]);
    await run("unzip", ["-qq", zip, "-d", folder]);
  } catch (error) {
    if (!missing(error)) throw error;
    for (const [name, bytes] of await openZip(readFileSync(zip))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
  }
  const [top] = readdirSync(folder);
  if (!top) throw new Error("The packet is empty.");
  const bag = join(folder, top);
  const files = new Map(
    readdirSync(bag, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(bag, path), readFileSync(path)]),
  );
  return { folder: bag, files, forget: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Holds the payload and the tags against their manifests with `sha512sum`, as any recipient can; by hand where that program
 * is not. @throws when a hash differs
 */
export async function sha512sum({ folder, files }: Packet): Promise<void> {
  for (const manifest of ["manifest-sha512.txt", "tagmanifest-sha512.txt"]) {
    try {
      await run("sha512sum", ["--quiet", "--strict", "-c", manifest], { cwd: folder });
    } catch (error) {
      if (!missing(error)) throw error;
      for (const line of files.get(manifest)?.toString("utf8").trim().split("\n") ?? []) {
        const [hash = "", name = ""] = line.split(/ [ *]/);
        const found = createHash("sha512")
          .update(files.get(name) ?? "")
          .digest("hex");
        if (found !== hash) throw new Error(`${name} is not what ${manifest} says.`);
      }
    }
  }
}

/** `unseal packet verify`, with nothing but the file and the keys. @returns its exit code and what it says */
export async function verify(zip: string, vkey: string, logVkey: string) {
  const words = [
    "cli/index.ts",
    "packet",
    "verify",
    zip,
    "--vkey",
    vkey,
    ...(logVkey ? ["--log-vkey", logVkey] : []),
  ];
  return run(process.execPath, words, {
    cwd: ROOT,
    env: { NODE_ENV: "production", PATH: process.env.PATH, HOME: tmpdir() },
  }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code?: number; stdout?: string; stderr?: string }) => ({
      code: error.code ?? 1,
      said: `${error.stdout ?? ""}${error.stderr ?? ""}`,
    }),
  );
}

/** Every text that is anywhere in a packet: files, what lies in RSMF archives, and what a PDF reader reads. */
export async function textsOf({ files }: Packet): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const [path, bytes] of files) {
    texts.set(path, bytes.toString("utf8"));
    if (path.endsWith(".pdf")) {
      const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
      texts.set(`${path} read`, text);
    }
    if (path.endsWith(".rsmf"))
      for (const part of bytes.toString("latin1").split(/\r\n\r\n/)) {
        const zip = Buffer.from(part.split("\r\n--")[0] ?? "", "base64");
        if (zip.subarray(0, 2).toString() !== "PK") continue;
        for (const [name, inner] of await openZip(zip)) texts.set(`${path}: ${name}`, inner.toString("utf8"));
      }
  }
  return texts;
}
