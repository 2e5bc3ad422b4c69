import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";

/** A certificate with its key, both PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly name: string;
}

/** DER (X.690): tag, length, contents. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const length = body.length;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
const sequence = (...items: Buffer[]) => der(0x30, ...items);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const name = (text: string) => sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text))))); // commonName
const utc = (date: Date) =>
  der(0x17, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, "").slice(2, 14)}Z`));
const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), der(0x04, value));
}

/**
 * Makes an X.509 certificate (RFC 5280) on P-256, for tests: an authority of its own, or one signed by another.
 *
 * @param subject a host name or address; the name of an authority
 * @param by who signs; itself, as an authority, when left out
 */
export function makeCertificate(subject: string, by?: Certificate): Certificate {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signer: KeyObject = by ? createPrivateKey(by.key) : pair.privateKey;
  const address = subject.split(".").map(Number);
  const altName =
    isIP(subject) === 4 ? der(0x87, Buffer.from(address)) : der(0x82, Buffer.from(subject, "ascii"));
  const extensions = by
    ? [extension("551d11", sequence(altName))] // subjectAltName
    : [extension("551d13", sequence(der(0x01, Buffer.from([0xff]))))]; // basicConstraints: an authority
  const now = Date.now();
  const tbs = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    name(by?.name ?? subject),
    sequence(utc(new Date(now - 86_400_000)), utc(new Date(now + 86_400_000))),
    name(subject),
    pair.publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", tbs, signer);
  const bytes = sequence(tbs, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature));
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    name: subject,
  };
}
