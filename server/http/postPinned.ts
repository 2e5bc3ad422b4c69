import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { pin } from "./pinned.ts";

interface Options {
  /** Milliseconds for all of it: name, connection, answer. */
  readonly deadline: number;
  /** Whether the address may lie inside. */
  readonly inside: boolean;
  /** The most that is read of an answer, in bytes. */
  readonly most: number;
}

/**
 * Posts JSON to an address and reads a short answer. The name is resolved once and the connection goes to what was
 * checked, so a name that changes its mind gains nothing; redirects are not followed.
 *
 * @returns status and text
 * @throws when the address lies inside and may not, or the answer is late, too long or broken off
 */
export async function postPinned(
  address: string,
  body: object,
  { deadline, inside, most }: Options,
): Promise<{ status: number; text: string }> {
  const url = new URL(address);
  const signal = AbortSignal.timeout(deadline);
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(new Error("The answer is late.")), { once: true }),
  );
  const pinned = await Promise.race([pin(url, inside), late]);
  if (!pinned) throw new Error("The address lies inside.");
  const sent = Buffer.from(JSON.stringify(body));
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const asked = send(
      url,
      {
        method: "POST",
        agent: false,
        lookup: pinned,
        signal,
        headers: { "content-type": "application/json", "content-length": sent.length },
      },
      (answer) => {
        const pieces: Buffer[] = [];
        let size = 0;
        answer.on("data", (piece: Buffer) => {
          size += piece.length;
          if (size <= most) return pieces.push(piece);
          reject(new Error("The answer is too long."));
          asked.destroy();
        });
        answer.once("end", () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() }),
        );
        answer.once("error", reject);
      },
    );
    asked.once("error", reject);
    asked.end(sent);
  });
}
