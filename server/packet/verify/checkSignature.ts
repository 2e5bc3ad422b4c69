import { verify } from "node:crypto";
import { noteText } from "../../../domain/packet/bag/tagFiles.ts";
import { LAYOUT } from "../../../domain/packet/layout.ts";
import { hashInCertificate } from "../../../domain/packet/papers/certificate.ts";
import { openNote, type Verifier } from "../../../domain/tlog/note.ts";
import { type Bag, sha512Of } from "./checkBag.ts";
import type { Findings } from "./findings.ts";
import type { OpenPacket } from "./openPacket.ts";
import { readSmall } from "./readFiles.ts";

/**
 * Holds the signatures against keys that came by another way.
 *
 * @returns the vkey whose signature over the tag manifest holds
 */
export async function checkSignature(
  packet: OpenPacket,
  { tagManifest }: Bag,
  keys: readonly Verifier[],
  findings: Findings,
): Promise<string | null> {
  const signature = await readSmall(packet, LAYOUT.signature, findings);
  const certificate = await readSmall(packet, LAYOUT.certificate, findings);
  const note = await readSmall(packet, LAYOUT.note, findings);
  if (!tagManifest) return null;
  let by: Verifier | undefined;
  if (!signature) findings.add("no-signature", LAYOUT.signature);
  else {
    by = keys.find(({ key }) => signature.length === 64 && verify(null, tagManifest, key, signature));
    if (!by) findings.add("bad-signature", LAYOUT.signature);
  }
  const tagManifestHash = sha512Of(tagManifest);
  const opened = openNote(note?.toString("utf8") ?? "", keys);
  if ("problem" in opened) findings.add("bad-note", `${LAYOUT.note} (${opened.problem})`);
  else if (certificate) {
    const signed = noteText({ tagManifest: tagManifestHash, certificate: sha512Of(certificate) });
    if (opened.text !== signed) {
      const other = !opened.text.startsWith(`${tagManifestHash}  `);
      findings.add(other ? "bad-note" : "certificate-changed", other ? LAYOUT.note : LAYOUT.certificate);
    }
  }
  if (certificate && hashInCertificate(certificate.toString("utf8")) !== tagManifestHash)
    findings.add("certificate-of-another", LAYOUT.certificate);
  return by?.vkey ?? null;
}
