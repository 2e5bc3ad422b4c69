import { createHash, webcrypto } from "node:crypto";
import { Integer, OctetString } from "asn1js";
import {
  AlgorithmIdentifier,
  Certificate,
  ContentInfo,
  CryptoEngine,
  id_ContentType_SignedData,
  id_eContentType_TSTInfo,
  MessageImprint,
  SignedData,
  setEngine,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";
import { SinkFailure } from "./Sink.ts";

/** Time-stamp requests and replies (RFC 3161), in DER. */

const SHA256 = "2.16.840.1.101.3.4.2.1";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const EXTENDED_KEY_USAGE = "2.5.29.37";
/** PKIStatus granted and grantedWithMods. */
const GRANTED = [0, 1];

setEngine("node", new CryptoEngine({ name: "node", crypto: webcrypto as unknown as Crypto }));

/** A request for a stamp over a SHA-256 digest, with the service's certificate in the reply. */
export function makeTimestampQuery(digest: Uint8Array, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
      hashedMessage: new OctetString({ valueHex: bytes(digest) }),
    }),
    nonce: new Integer({ valueHex: bytes(nonce) }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER(false));
}

export type Asked = {
  /** What was to be stamped. */
  readonly data: Uint8Array;
  readonly nonce: Uint8Array;
  /** Certificates in DER that are trusted. */
  readonly trusted: readonly Uint8Array[];
};

/**
 * Reads a reply and holds it against what was asked: status, digest, nonce, signature, certificate.
 *
 * @returns the token in DER, and the time it says
 * @throws SinkFailure `refused` by its status, `bad-answer` when it is another stamp or none, `bad-signature` when nobody
 *   trusted signed it
 */
export async function readTimestampReply(
  reply: Uint8Array,
  asked: Asked,
): Promise<{ token: Uint8Array; stampedAt: Date }> {
  const response = parse(() => TimeStampResp.fromBER(bytes(reply)));
  if (!GRANTED.includes(response.status.status)) throw new SinkFailure("refused");
  const content = response.timeStampToken;
  if (!content || content.contentType !== id_ContentType_SignedData) throw new SinkFailure("bad-answer");
  const signed = parse(() => new SignedData({ schema: content.content }));
  const inner = signed.encapContentInfo.eContent;
  if (signed.encapContentInfo.eContentType !== id_eContentType_TSTInfo || !inner)
    throw new SinkFailure("bad-answer");
  const info = parse(() => TSTInfo.fromBER(inner.getValue()));
  checkInfo(info, asked);
  await checkSignature(signed, asked);
  return { token: new Uint8Array(new ContentInfo(content).toSchema().toBER(false)), stampedAt: info.genTime };
}

function checkInfo({ messageImprint, nonce }: TSTInfo, asked: Asked): void {
  const digest = createHash("sha256").update(asked.data).digest();
  const same = digest.equals(Buffer.from(messageImprint.hashedMessage.getValue()));
  const ours = nonce && integer(new Uint8Array(nonce.valueBlock.valueHexView)) === integer(asked.nonce);
  if (messageImprint.hashAlgorithm.algorithmId !== SHA256 || !same || !ours)
    throw new SinkFailure("bad-answer");
}

async function checkSignature(signed: SignedData, { data, trusted }: Asked): Promise<void> {
  const verified = await signed
    .verify({
      signer: 0,
      data: bytes(data),
      trustedCerts: trusted.map((der) => Certificate.fromBER(bytes(der))),
      checkChain: true,
      extendedMode: true,
    })
    .catch(() => undefined);
  if (!verified?.signatureVerified || !verified.signerCertificateVerified)
    throw new SinkFailure("bad-signature");
  // A certificate that is for time-stamping, and says so critically (RFC 3161 §2.3).
  const usage = verified.signerCertificate?.extensions?.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const purposes: unknown = usage?.parsedValue?.keyPurposes;
  if (!usage?.critical || !Array.isArray(purposes) || !purposes.includes(TIME_STAMPING))
    throw new SinkFailure("bad-signature");
}

const integer = (big: Uint8Array): bigint => BigInt(`0x${Buffer.from(big).toString("hex") || "0"}`);

function bytes(view: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(view.length);
  new Uint8Array(copy).set(view);
  return copy;
}

/** @throws SinkFailure `bad-answer` for whatever a parser throws at bytes of strangers */
function parse<Result>(act: () => Result): Result {
  try {
    return act();
  } catch {
    throw new SinkFailure("bad-answer");
  }
}
