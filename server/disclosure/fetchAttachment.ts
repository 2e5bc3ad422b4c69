import { createHash } from "node:crypto";
import { z } from "zod";
import { type FetchCause, FetchFailure, fetchPinned } from "../http/fetchPinned.ts";
import { base64, sealedKeys } from "./openBoxes.ts";
import { openSecret } from "./secrets.ts";

/** Why an attachment cannot be had as it was reported. Messages name neither its address nor what it shows. */
export class FileProblem extends Error {
  /** A word for the ledger: `domain/cybertip/filing/causes.ts` says what follows. */
  readonly code: "file-gone" | "file-changed" | "file-too-large" | "file-unreachable" | "file-source";

  constructor(code: FileProblem["code"]) {
    super(`The attachment cannot be fetched: ${code}`);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The platform has it no more. */
export class FileGone extends FileProblem {
  constructor() {
    super("file-gone");
  }
}
/** The platform gives something else than it reported: another size or another hash. */
export class FileChanged extends FileProblem {
  constructor() {
    super("file-changed");
  }
}
/** It is larger than the settings allow. */
export class FileTooLarge extends FileProblem {
  constructor() {
    super("file-too-large");
  }
}
/** It did not come this time: no answer, a broken connection, an error of the platform's. */
export class FileUnreachable extends FileProblem {
  constructor() {
    super("file-unreachable");
  }
}
/**
 * It is not asked for: the settings name no origin for it, its address lies elsewhere or inside, it redirects, or the
 * platform does not take the token. That needs the administrator of the machine, and trying again helps nothing.
 */
export class FileSourceWrong extends FileProblem {
  constructor() {
    super("file-source");
  }
}

export interface Attachment {
  /** Its address, as the platform wrote it. */
  readonly location: string;
  /** From where it may be fetched, as `cybertip.source_of` gives it, sealed; null when nobody has said. */
  readonly source: unknown;
  readonly size: number;
  readonly md5: string | null;
  /** Hashes, of which it must have one; null where there is none to hold it against. */
  readonly sha256: readonly string[] | null;
  /** The most that is taken, in bytes. */
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
}

const PATIENCE_MS = 10 * 60_000;
const SLOWEST_BYTES_A_MS = 100;

const sourceSchema = z.object({
  origins: z.array(z.string()),
  inside: z.boolean(),
  header: z.string(),
  secretId: z.string(),
  tokenKey: z.string().nullable(),
  token: base64.nullable(),
  keys: sealedKeys,
});

/**
 * Fetches an attachment from its platform, with the platform's token, and holds it against what intake recorded. The last
 * piece is given only when size and hashes agree: what reads to the end has read the right file.
 *
 * @throws FileProblem while it is read
 */
export async function* fetchAttachment(file: Attachment): AsyncGenerator<Uint8Array, void, void> {
  const source = sourceSchema.nullable().parse(file.source);
  if (source === null) throw new FileSourceWrong();
  if (file.size > file.most) throw new FileTooLarge();
  try {
    const fetched = await fetchPinned(file.location, {
      origins: source.origins,
      inside: source.inside,
      header: source.header,
      credentials: await tokenOf(source),
      // One byte more than it has: then it has changed, and that is what is said.
      most: file.size + 1,
      // A server that drips holds nobody up for ever; one that is merely slow is given its time.
      whole: PATIENCE_MS + file.size / SLOWEST_BYTES_A_MS,
      signal: file.signal,
    });
    if (fetched.size !== null && fetched.size !== file.size) {
      await fetched.bytes.return();
      throw new FileChanged();
    }
    yield* held(fetched.bytes, file);
  } catch (error) {
    throw error instanceof FetchFailure ? problemOf(error.cause) : error;
  }
}

/** Passes pieces on, each when the next is there, and the last when everything agrees. */
async function* held(bytes: AsyncIterable<Uint8Array>, file: Attachment): AsyncGenerator<Uint8Array> {
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  let size = 0;
  let last: Uint8Array | null = null;
  for await (const piece of bytes) {
    if (last) yield last;
    size += piece.length;
    if (size > file.size) throw new FileChanged();
    sha256.update(piece);
    md5.update(piece);
    last = piece;
  }
  const found = sha256.digest("hex");
  const same =
    size === file.size &&
    (file.sha256 === null || file.sha256.some((one) => one.toLowerCase() === found)) &&
    (file.md5 === null || file.md5.toLowerCase() === md5.digest("hex"));
  if (!same) throw new FileChanged();
  if (last) yield last;
}

async function tokenOf(source: z.output<typeof sourceSchema>): Promise<string | null> {
  const key = source.keys.find((one) => one.id === source.tokenKey);
  if (source.token === null || !key) return null;
  return openSecret(source.secretId, {
    keyId: key.id,
    kekId: key.kekId,
    wrapped: key.wrapped,
    box: source.token,
  });
}

function problemOf(cause: FetchCause): FileProblem {
  switch (cause) {
    case "gone":
      return new FileGone();
    case "too-large":
      return new FileChanged();
    case "origin":
    case "inside":
    case "redirect":
    case "not-allowed":
    case "certificate":
    case "strange":
      return new FileSourceWrong();
    default:
      return new FileUnreachable();
  }
}
