import { createServer } from "node:http";
import { openCheckpoint, parseCheckpoint } from "../../../domain/tlog/checkpoint.ts";
import { cosign } from "../../../domain/tlog/cosignature.ts";
import { verifyConsistency } from "../../../domain/tlog/merkle.ts";
import {
  formatVkey,
  keyIdOf,
  newSeed,
  parseNote,
  parseVkey,
  privateKeyOf,
  publicKeyOf,
  strictBase64,
  type Verifier,
} from "../../../domain/tlog/note.ts";

/**
 * A witness as c2sp.org/tlog-witness describes it, on a free port: it remembers one tree for each log and cosigns only what
 * goes on from it.
 *
 * @param logs keys of the logs that it knows
 */
export async function witnessServer(name: string, logs: readonly Verifier[]) {
  const seed = newSeed();
  const publicKey = publicKeyOf(seed);
  const signer = { name, keyId: keyIdOf(name, "cosignature", publicKey), key: privateKeyOf(seed) };
  const seen = new Map<string, { size: number; root: Buffer }>();
  let asked = 0;

  function answer(body: string): [status: number, text: string, type?: string] {
    const [head = "", note] = splitOnce(body, "\n\n");
    const [first = "", ...hashes] = head.split("\n");
    const old = Number(/^old (0|[1-9]\d*)$/.exec(first)?.[1] ?? Number.NaN);
    const proof = hashes.map(strictBase64);
    if (Number.isNaN(old) || note === undefined || proof.length > 63 || proof.includes(undefined))
      return [400, "malformed\n"];
    const text = parseNote(note)?.text;
    const checkpoint = text === undefined ? undefined : parseCheckpoint(text);
    if (text === undefined || !checkpoint) return [400, "no checkpoint\n"];
    const keys = logs.filter((key) => key.name === checkpoint.origin);
    if (keys.length === 0) return [404, "unknown log\n"];
    if ("problem" in openCheckpoint(note, keys)) return [403, "no signature of a key that is known\n"];
    if (old > checkpoint.size) return [400, "old is larger\n"];
    const known = seen.get(checkpoint.origin) ?? { size: 0, root: Buffer.alloc(0) };
    if (known.size !== old) return [409, `${known.size}\n`, "text/x.tlog.size"];
    if (old === checkpoint.size && old > 0 && !known.root.equals(checkpoint.root))
      return [409, `${known.size}\n`, "text/x.tlog.size"];
    const steps = proof as Buffer[];
    const goesOn =
      old === 0
        ? steps.length === 0
        : verifyConsistency(old, checkpoint.size, known.root, checkpoint.root, steps);
    if (!goesOn) return [422, "inconsistent\n"];
    seen.set(checkpoint.origin, checkpoint);
    return [200, `${cosign(text, Math.floor(Date.now() / 1000), signer)}\n`];
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      asked += 1;
      const known = request.method === "POST" && request.url === "/add-checkpoint";
      const [status, text, type = "text/plain"] = known
        ? answer(Buffer.concat(parts).toString("utf8"))
        : ([404, "not here\n"] as const);
      response.writeHead(status, { "content-type": type }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    verifier: parseVkey(formatVkey(name, "cosignature", publicKey)) as Verifier,
    seen,
    asked: () => asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}
