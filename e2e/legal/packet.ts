import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
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

/** Unpacks a packet with `unzip`, which also tests every member. @throws when it is not sound */
export async function unpack(zip: string): Promise<Packet> {
  await run("unzip", ["-tqq", zip]);
  const folder = mkdtempSync(join(tmpdir(), "unseal-packet-"));
  await run("unzip", ["-qq", zip, "-d", folder]);
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

/** Holds the payload and the tags against their manifests, as any recipient can. @throws when a hash differs */
export async function sha512sum({ folder }: Packet): Promise<void> {
  for (const manifest of ["manifest-sha512.txt", "tagmanifest-sha512.txt"])
    await run("sha512sum", ["--quiet", "--strict", "-c", manifest], { cwd: folder });
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
