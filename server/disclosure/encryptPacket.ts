import { Encrypter } from "age-encryption";
import { createMessage, encrypt, readKey } from "openpgp";
import { Refusal } from "../refusal.ts";

/** To which key a packet is encrypted while it is fetched. */
export type RecipientKey =
  | { readonly kind: "none" }
  | { readonly kind: "age"; readonly key: string }
  | { readonly kind: "openpgp"; readonly key: string };

export interface EncryptedPacket {
  readonly bytes: ReadableStream<Uint8Array>;
  /** How its name ends. */
  readonly ending: ".zip" | ".zip.age" | ".zip.gpg";
}

/**
 * Checks a recipient's key as counsel has entered it.
 *
 * @returns the key as it is kept, and how people compare it: the age recipient itself, or the OpenPGP fingerprint
 * @throws Refusal `recipient-key` when it is none, is secret, has expired, or can encrypt nothing
 */
export async function checkRecipientKey(
  given: Exclude<RecipientKey, { kind: "none" }>,
): Promise<{ readonly key: string; readonly name: string }> {
  const text = given.key.trim();
  try {
    if (given.kind === "age") {
      const encrypter = new Encrypter();
      encrypter.addRecipient(text);
      // A recipient whose point is none shows itself only when it is used.
      await encrypter.encrypt(new Uint8Array(1));
      return { key: text, name: text };
    }
    const key = await readKey({ armoredKey: text });
    if (key.isPrivate()) throw new Refusal("recipient-key");
    await key.getEncryptionKey();
    return { key: key.armor(), name: key.getFingerprint().toUpperCase() };
  } catch {
    throw new Refusal("recipient-key");
  }
}

/** Encrypts a packet to its recipient's key while it is taken. No more of it is held than some pieces. */
export async function encryptPacket(
  bytes: AsyncGenerator<Uint8Array, void, void>,
  to: RecipientKey,
): Promise<EncryptedPacket> {
  const plain = streamOf(bytes);
  switch (to.kind) {
    case "none":
      return { bytes: plain, ending: ".zip" };
    case "age": {
      const encrypter = new Encrypter();
      encrypter.addRecipient(to.key);
      return { bytes: await encrypter.encrypt(plain), ending: ".zip.age" };
    }
    case "openpgp": {
      const encrypted = await encrypt({
        message: await createMessage({ binary: plain, format: "binary" }),
        encryptionKeys: await readKey({ armoredKey: to.key }),
        format: "binary",
        // What is in it is deflated already.
        config: { preferredCompressionAlgorithm: 0 },
      });
      return { bytes: encrypted as ReadableStream<Uint8Array>, ending: ".zip.gpg" };
    }
  }
}

function streamOf(bytes: AsyncGenerator<Uint8Array, void, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await bytes.next();
          if (next.done) controller.close();
          // A copy: whoever encrypts may take the buffer for themselves.
          else controller.enqueue(new Uint8Array(next.value));
        } catch (error) {
          await bytes.return?.();
          controller.error(error);
        }
      },
      async cancel() {
        await bytes.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}
