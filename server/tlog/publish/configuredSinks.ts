import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseVkey } from "../../../domain/tlog/note.ts";
import { folderSink } from "./folder.ts";
import type { Sink } from "./Sink.ts";
import { timestampSink } from "./timestamp.ts";
import { witnessSink } from "./witness.ts";

/** Where checkpoints are pushed to, as an operator says it. */
export type SinkSettings = {
  /** `vkey url` of each witness. */
  readonly logWitnesses: readonly { readonly vkey: string; readonly url: string }[];
  readonly logArchiveDir: string;
  readonly logTsaUrl: string;
  readonly logTsaCaFile: string;
  readonly logPushSeconds: number;
  readonly logTsaMinutes: number;
};

/**
 * The sinks that are configured.
 *
 * @throws Error naming what does not fit: a key that is no witness's, certificates that cannot be read
 */
export function configuredSinks(settings: SinkSettings): Sink[] {
  const everyMs = settings.logPushSeconds * 1000;
  const sinks = settings.logWitnesses.map(({ vkey, url }) => {
    const verifier = parseVkey(vkey);
    if (verifier?.kind !== "cosignature")
      throw new Error("LOG_WITNESSES: a key is none of a witness (kind 0x04). Ask the witness for its vkey.");
    return witnessSink(verifier, url, everyMs);
  });
  if (settings.logArchiveDir !== "") sinks.push(folderSink(settings.logArchiveDir, everyMs));
  if (settings.logTsaUrl !== "")
    sinks.push(
      timestampSink(settings.logTsaUrl, certificates(settings.logTsaCaFile), settings.logTsaMinutes * 60_000),
    );
  const names = sinks.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw new Error("Two of the log's sinks have the same name.");
  return sinks;
}

function certificates(file: string): Uint8Array[] {
  const blocks = readPem(file).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new Error("LOG_TSA_CA_FILE: no certificate in PEM can be read there.");
  return blocks.map((pem) => new X509Certificate(pem).raw);
}

function readPem(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
