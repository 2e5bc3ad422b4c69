import type { Query } from "../../../db/auditSession.ts";
import { verifyCosignature } from "../../../domain/tlog/cosignature.ts";
import { consistencyProof } from "../../../domain/tlog/merkle.ts";
import { parseNote, parseSignatureLine, type Verifier } from "../../../domain/tlog/note.ts";
import { readProof } from "../readProof.ts";
import type { Head } from "../sequencer/readTree.ts";
import { post } from "./post.ts";
import { type Sink, SinkFailure } from "./Sink.ts";

/** Sizes that a witness may name in a 409: decimal, on a line. */
const SIZE = /^(0|[1-9]\d{0,15})\n$/;

/**
 * A witness (c2sp.org/tlog-witness): it cosigns a checkpoint only when the log goes on from what it saw before.
 *
 * @param url its submission prefix
 */
export function witnessSink(verifier: Verifier, url: string, everyMs: number): Sink {
  return {
    name: verifier.name,
    kind: "witness",
    everyMs,
    async deliver(query, head, lastSize, signal) {
      let old = lastSize ?? 0;
      // Its memory and ours may differ: it says once what it saw last, and is asked again from there.
      for (const again of [true, false]) {
        const answer = await addCheckpoint(query, url, head, old, signal);
        if (answer.status === 409 && again) {
          old = readSize(answer, head);
          continue;
        }
        if (answer.status !== 200) throw new SinkFailure(problemOf(answer.status));
        return keep(query, head, verifier, answer.body.toString("utf8"));
      }
    },
  };
}

async function addCheckpoint(query: Query, url: string, head: Head, old: number, signal: AbortSignal) {
  const proof =
    old === 0 || old === head.size
      ? []
      : await readProof(query, head.size, (subtree) => consistencyProof(old, head.size, subtree));
  const lines = [`old ${old}`, ...proof.map((hash) => Buffer.from(hash).toString("base64"))];
  const body = `${lines.join("\n")}\n\n${head.note}`;
  return post(`${url.replace(/\/$/, "")}/add-checkpoint`, "text/plain; charset=utf-8", body, signal);
}

function readSize({ body, contentType }: { body: Buffer; contentType: string }, head: Head): number {
  const found = SIZE.exec(body.toString("utf8"));
  if (contentType !== "text/x.tlog.size" || !found) throw new SinkFailure("inconsistent");
  const size = Number(found[1]);
  if (size > head.size) throw new SinkFailure("ahead");
  return size;
}

function problemOf(status: number) {
  if (status === 403) return "unknown-key";
  if (status === 404) return "unknown-log";
  if (status === 409 || status === 422) return "inconsistent";
  return status >= 500 ? "unreachable" : "refused";
}

/** Keeps the witness's line once it has been verified; lines of others are passed over. */
async function keep(query: Query, head: Head, witness: Verifier, lines: string): Promise<void> {
  const text = parseNote(head.note)?.text ?? "";
  for (const line of lines.split("\n")) {
    const signature = parseSignatureLine(line);
    if (signature?.name !== witness.name || signature.keyId !== witness.keyId) continue;
    const time = verifyCosignature(text, signature, witness);
    if (time === undefined) throw new SinkFailure("bad-signature");
    await query("select audit.keep_cosignature($1, $2, $3, $4)", [
      head.size,
      `${witness.name}+${witness.keyId}`,
      line,
      new Date(time * 1000),
    ]);
    return;
  }
  throw new SinkFailure("bad-answer");
}
